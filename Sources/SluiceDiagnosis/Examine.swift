internal import SluiceCore
public import SluiceIncidents

/// Who fails and why, from what was seen of an endpoint by looking at it.
///
/// Pure, as is the diagnosis of an incident. The surest conclusion is the verdict; of those that are equally sure the
/// one that explains the others.
public func diagnose(_ examination: Examination) -> Diagnosis {
  let ranked = ConclusionRules.ranked(examination)
  guard let first = ranked.first else { return Unexplained.diagnosis(examination) }
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
