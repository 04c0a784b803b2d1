internal import SluiceCore
internal import SluiceDiagnosis

/// Requests that found no endpoint left, after checks or ejections took them away for a reason that was told.
enum CheckPattern {
  static func told(_ facts: ProblemFacts) -> Finding? {
    guard case .event(let seen, let cause) = facts.draft.root, let time = seen.first else { return nil }
    let gone = facts.draft.events.filter { $0.event.kind == .endpointDown }
    let names = gone.compactMap(\.event.endpoint).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let who = names.isEmpty ? seen.event.endpoint.map { [$0] } ?? [] : names
    let detail = seen.event.reason.map { ": " + $0 } ?? ""
    let empty = facts.draft.count { Strand($0) == .exhausted }
    let evidence =
      [
        "At \(facts.moment(time)) a check of \(Shown.text(seen.event.endpoint ?? facts.place)) failed\(detail).",
        empty > 0 ? "\(Numbers.count(empty, "request", "requests")) found no endpoint left." : nil,
      ] + facts.counts + [facts.before, facts.after, facts.recurrence, facts.chained]
    let sentence =
      "\(facts.title) took \(ProblemFacts.list(who)) out of \(facts.place) at \(facts.moment(time)), and no "
      + "endpoint was left: \(summary(cause)); \(facts.failed)"
    let next = "\(cause.firstChecks.first?.sentence ?? "See why the check fails.") Look at \(facts.moment(time))."
    switch cause.strand {
    case .unconnected: return Finding(.upstreamDown, .likely, sentence, next: next, evidence)
    case .late: return Finding(observed: cause, who: .application, .likely, sentence, next: next, evidence)
    case .broken, .crowded, .exhausted, .insecure, .invalid, .unnamed, .ownStatus, .local, .proxy, .client, .untold:
      return Finding(observed: cause, .likely, sentence, next: next, evidence)
    }
  }

  /// Nothing tells what took the endpoints away.
  static func untold(_ facts: ProblemFacts) -> Finding? {
    guard let cause = facts.draft.root.cause, Strand(cause) == .exhausted else { return nil }
    let limit = facts.draft.runs.contains { $0.alternatives.contains(.poolQueueFull) }
    return Finding(
      observed: cause, .possible,
      "\(facts.title) had no endpoint left\(facts.toward("for")) \(facts.wholeSpan), and no line tells why; "
        + facts.failed,
      next: "Look for earlier lines that tell of checks or failures of \(facts.place), also in older or error logs.",
      facts.counts + [facts.before, facts.during, facts.recurrence, facts.chained],
      also: limit
        ? [
          Candidate(.poolQueueFull, .possible, "\(facts.title) writes the same when limits of connections are reached.")
        ]
        : [])
  }

  private static func summary(_ cause: Cause) -> String {
    let text = cause.summary
    let words = text.hasSuffix(".") ? text.dropLast() : text[...]
    // Within a sentence it begins small, unless its first word is a name of capitals.
    let isName = words.dropFirst().first?.isUppercase ?? false
    return isName ? String(words) : words.prefix(1).lowercased() + words.dropFirst()
  }
}
