internal import SluiceIncidents

/// All rules over an examination, in the order that counts where they are equally sure: what explains stands before
/// what it explains (a kill for want of memory before a process that is gone, and that before a refused connection).
enum ConclusionRules {
  static func conclusions(_ examination: Examination) -> [Conclusion] {
    let rules: [(Examination) -> [Conclusion]] = [
      DeployConclusions.conclusions,
      ResourceConclusions.conclusions,
      ApplicationLogConclusions.conclusions,
      ProcessConclusions.conclusions,
      TLSConclusions.conclusions,
      NetworkConclusions.conclusions,
    ]
    return rules.flatMap { $0(examination) }
  }
}

extension ConclusionRules {
  /// The surest first; the order of the rules where they are equally sure.
  static func ranked(_ examination: Examination) -> [Conclusion] {
    let conclusions = conclusions(examination)
    return Sureness.allCases.flatMap { sure in conclusions.filter { $0.explanation.sure == sure } }
  }
}
