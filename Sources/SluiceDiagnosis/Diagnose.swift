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
///   - examination: Of the incident's endpoint at about its time. What it concludes is the verdict where it is sure of
///     it, and it brings about what the gateway observed.
public func diagnose(
  _ incident: Incident, neighbours: [Problem] = [], changes: [Change] = [], examination: Examination? = nil
) -> Diagnosis {
  let facts = Facts(incident, neighbours: neighbours, changes: changes)
  guard let cause = facts.cause else { return Unnamed.diagnosis(facts) }
  var judgement = ChangeRule.judged(Rulebook.judge(cause, facts), facts)
  if let examination { judgement.add(ConclusionRules.ranked(examination), to: cause) }
  let verdict = judgement.verdict
  return Diagnosis(
    verdict: Verdict(
      who: verdict.who.identifier, cause: verdict.name, sure: verdict.sure,
      sentence: Wording.sentence(judgement.sentence, cause: cause.identifier, facts),
      next: Shown.clipped(judgement.next, to: Shown.sentenceMax)),
    candidates: Wording.candidates([verdict] + judgement.others),
    checks: CheckCommands(subject: CheckSubject(facts)).checks(Wording.unique(cause.firstChecks + judgement.checks)))
}

extension Judgement {
  /// Takes what an examination concludes. Its surest conclusion is the verdict, unless the incident's own is surer;
  /// what names the observed cause itself adds its evidence only.
  fileprivate mutating func add(_ conclusions: [Conclusion], to cause: Cause) {
    let fitting = conclusions.filter { $0.explains(cause) }
    let roots = fitting.filter { $0.explanation.name != cause.identifier }
    if let root = roots.first, root.explanation.sure.isConclusive, root.explanation.sure >= verdict.sure {
      others.insert(verdict, at: 0)
      verdict = root.explanation
      sentence = root.sentence
      next = root.next
      checks = root.checks + checks
      others += roots.dropFirst().map(\.explanation)
    } else {
      others += roots.map(\.explanation)
    }
    others = Sureness.allCases.flatMap { sure in others.filter { $0.sure == sure } }
    let again = fitting.filter { $0.explanation.name == cause.identifier }
    guard verdict.name == cause.identifier else { return others += again.map(\.explanation) }
    verdict.evidence += again.flatMap(\.explanation.evidence)
  }
}
