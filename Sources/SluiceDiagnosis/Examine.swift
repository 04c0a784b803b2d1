internal import SluiceCore
public import SluiceIncidents

/// Who fails and why, from what was seen of an endpoint by looking at it.
///
/// Pure, as is the diagnosis of an incident. The surest conclusion is the verdict; of those that are equally sure the
/// one that explains the others. Where the endpoint answers as it should, what is only possible is no verdict.
public func diagnose(_ examination: Examination) -> Diagnosis {
  let ranked = ConclusionRules.ranked(examination)
  guard let first = ranked.first, first.explanation.sure.isConclusive || !Unexplained.isHealthy(examination) else {
    return Unexplained.diagnosis(examination, beside: ranked)
  }
  let cause = Cause.named(first.explanation.name)
  let checks = Wording.unique(ranked.flatMap(\.checks) + (cause?.firstChecks ?? []))
  return Diagnosis(
    verdict: Verdict(
      who: first.explanation.who.identifier, cause: first.explanation.name, sure: first.explanation.sure,
      sentence: Shown.clipped(first.sentence, to: Shown.sentenceMax) + ".",
      next: Shown.clipped(first.next, to: Shown.sentenceMax)),
    candidates: Wording.candidates(ranked.map(\.explanation)),
    checks: CheckCommands(subject: CheckSubject(examination, cause: cause)).checks(checks))
}

/// The endpoints of one upstream together: the diagnosis of the first that is worst off, with how many fail.
///
/// - Returns: nil for none.
public func diagnose(_ examinations: [Examination]) -> Diagnosis? {
  let diagnoses = examinations.map(diagnose)
  let failing = diagnoses.filter { !$0.isHealthy }
  guard examinations.count > 1, !failing.isEmpty else { return diagnoses.first }
  guard var worst = failing.reversed().max(by: { $0.verdict.sure < $1.verdict.sure }) else { return nil }
  let count =
    failing.count == examinations.count
    ? "All \(examinations.count) endpoints fail. " : "\(failing.count) of \(examinations.count) endpoints fail. "
  worst.verdict.sentence = count + worst.verdict.sentence
  return worst
}

extension Diagnosis {
  /// Whether there is nothing to complain about.
  public var isHealthy: Bool { verdict.cause == Unexplained.none }
}

extension Sureness {
  var isConclusive: Bool { self == .certain || self == .likely }
}
