internal import SluiceCore
internal import SluiceIncidents

/// Sentences and candidates in their final form, each within its bound.
enum Wording {
  /// Candidates of a diagnosis, and facts of each, at most.
  static let candidatesMax = 6
  static let evidenceMax = 8

  /// What was saved, what failed, and the identifier of what was observed, which is never cut off.
  static func sentence(_ words: String, cause: String, _ facts: Facts) -> String {
    let end = " (\(cause))."
    let start = facts.isAbsorbed ? saved(facts) : ""
    return start + Shown.clipped(words, to: Shown.sentenceMax - start.count - end.count) + end
  }

  private static func saved(_ facts: Facts) -> String {
    let attempts = facts.record.attempts?.count ?? 0
    let tries = attempts > 1 ? " from attempt \(attempts)" : ""
    return "Saved: the client got its \(facts.record.status)\(tries). "
  }

  /// One candidate for each cause and owner, the first of them; none surer than the verdict stands before it already.
  static func candidates(_ explanations: [Explanation]) -> [Candidate] {
    var candidates: [Candidate] = []
    for explanation in explanations where candidates.count < candidatesMax {
      let who = explanation.who.identifier
      guard !candidates.contains(where: { $0.cause == explanation.name && $0.who == who }) else { continue }
      let evidence = unique(explanation.evidence).prefix(evidenceMax).map { Shown.clipped($0, to: Shown.sentenceMax) }
      candidates.append(
        Candidate(cause: explanation.name, who: who, sure: explanation.sure, evidence: Array(evidence)))
    }
    return candidates
  }

  static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
