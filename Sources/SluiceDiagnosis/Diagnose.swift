internal import SluiceCore
public import SluiceIncidents

/// Who failed and why, from one incident and what was seen around it.
///
/// Pure: the same incident gives the same diagnosis wherever and whenever it is asked for. `verdict.cause` is what the
/// gateway observed, or a root cause where the evidence carries one; the sentence then still names what was observed.
/// An identifier that this version does not know is answered with `unknown`, never with a guess.
///
/// - Parameters:
///   - neighbours: Problems that the store knows around the incident's time, its own one included. The first
///     64 are looked at; those of other times are left out here.
///   - changes: Beside those in the evidence. Those of other times or upstreams are left out here.
public func diagnose(_ incident: Incident, neighbours: [Problem] = [], changes: [Change] = []) -> Diagnosis {
  let facts = Facts(incident, neighbours: neighbours, changes: changes)
  guard let cause = facts.cause else { return Unnamed.diagnosis(facts) }
  let judgement = ChangeRule.judged(Rulebook.judge(cause, facts), facts)
  let verdict = judgement.verdict
  return Diagnosis(
    verdict: Verdict(
      who: verdict.who.identifier, cause: verdict.name, sure: verdict.sure,
      sentence: Wording.sentence(judgement.sentence, cause: cause.identifier, facts),
      next: Shown.clipped(judgement.next, to: Shown.sentenceMax)),
    candidates: Wording.candidates([verdict] + judgement.others),
    checks: CheckCommands(subject: CheckSubject(facts)).checks(Wording.unique(cause.firstChecks + judgement.checks)))
}
