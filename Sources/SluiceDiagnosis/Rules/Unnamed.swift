internal import SluiceCore
internal import SluiceIncidents

/// An incident without a cause that this version knows: a newer version wrote it, or the record was damaged.
enum Unnamed {
  static func diagnosis(_ facts: Facts) -> Diagnosis {
    let identifier = Facts.identifier(of: facts.incident, facts.attempt)
    let shown = identifier.map { Shown.text($0, limit: 40) }
    // What the record says of the owner was decided by the version that knew the cause.
    let who = Owner.allCases.first { $0.identifier == facts.record.who } ?? .unknown
    let sentence =
      shown.map {
        "This version does not know the cause \($0), which the record names; a newer one may have written it"
      }
      ?? "The record names no cause for the failure of \(facts.request)"
    return Diagnosis(
      verdict: Verdict(
        who: who.identifier, cause: shown ?? "unknown", sure: .unknown,
        sentence: Shown.clipped(sentence, to: Shown.sentenceMax - 1) + ".",
        next: shown == nil
          ? "Read the record itself: its attempts and phases are kept."
          : "Ask with the version of the gateway that wrote the record, or a newer one."),
      candidates: [Candidate(cause: shown ?? "unknown", who: who.identifier, sure: .unknown, evidence: [])],
      checks: CheckCommands(subject: CheckSubject(facts)).checks(
        facts.place == nil ? [] : [.directProbe, .applicationLog]))
  }
}
