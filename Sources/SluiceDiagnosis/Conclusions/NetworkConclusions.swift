internal import SluiceCore
internal import SluiceIncidents

/// What names, connections and responses explain.
enum NetworkConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] {
    let asked = Asked(examination)
    let rules: [(Asked) -> [Conclusion]] = [
      LoopConclusions.conclusions,
      NameConclusions.conclusions,
      ConnectionConclusions.conclusions,
      SchemeConclusions.conclusions,
      ResponseConclusions.conclusions,
    ]
    return rules.flatMap { $0(asked) }
  }
}
