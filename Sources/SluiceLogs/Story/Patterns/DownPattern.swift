internal import SluiceCore
internal import SluiceDiagnosis

/// Endpoints that take no connection any more, or never did.
enum DownPattern {
  /// Milliseconds after the first line in which a failure counts as being there from the beginning.
  static let beginning: Int64 = 10_000
  /// Milliseconds between connections that break and the first that is refused, where one program's end is both.
  static let crashWithin: Int64 = 60_000

  /// The part of refusals, 0 to 1, of all failures that do not follow from others.
  static let shareMin = 0.05

  private static let absent: [Cause] = [.connectRefused, .unixSocketMissing]

  static func find(_ facts: ProblemFacts) -> Finding? {
    let draft = facts.draft
    let refused = draft.runs.filter { $0.key.cause.map(absent.contains) ?? false }
    let own = draft.count { ![.exhausted, .crowded, .untold].contains(Strand($0)) }
    guard let first = refused.first, Double(refused.reduce(0) { $0 + $1.count }) >= shareMin * Double(own) else {
      return nil
    }
    guard [.unconnected, .broken].contains(Strand(draft.root.cause)) else { return nil }
    if let crash = crash(facts, refused) { return crash }
    guard Strand(draft.root.cause) == .unconnected else { return nil }
    let isFromBeginning =
      if let begin = facts.begin, let time = first.first { time - begin <= beginning } else { true }
    if isFromBeginning, facts.served == 0 {
      return never(facts, first.key.cause)
    }
    return down(facts, first.key.cause)
  }

  /// Connections broke under way, and from then on none was accepted.
  private static func crash(_ facts: ProblemFacts, _ refused: [FailureRun]) -> Finding? {
    guard let from = refused.compactMap(\.first).min() else { return nil }
    let broken = facts.draft.runs.filter { run in
      guard Strand(run.key.cause) == .broken, let last = run.last, let first = run.first else { return false }
      guard last >= from - crashWithin, first <= from + 1000, last <= from + 5000 else { return false }
      // One endpoint's end is not told by another that refuses.
      return refused.contains { other in
        other.key.endpoint == nil || run.key.endpoint == nil || other.key.endpoint == run.key.endpoint
      }
    }
    let count = broken.reduce(0) { $0 + $1.count }
    // Where all of it is guessed from the same status, its order says nothing.
    guard count > 0, !(broken + refused).allSatisfy(\.isGuess) else { return nil }
    let names = facts.endpointNames.filter { name in broken.contains { $0.key.endpoint == name } }
    let at = broken.compactMap(\.first).min() ?? from
    return Finding(
      .applicationCrash, .likely,
      "\(facts.application(names)) ended at \(facts.moment(at)): \(Numbers.count(count, "request", "requests")) "
        + "under way broke, and from then on connections were refused; \(facts.failed)",
      next: "See in the application's log and in `journalctl -k` why it ended at \(facts.moment(at)).",
      [
        "\(Numbers.count(count, "connection", "connections")) broke "
          + "\(facts.span(broken.compactMap(\.first).min(), broken.compactMap(\.last).max())), "
          + "the first refusal came at \(facts.moment(from))."
      ] + facts.counts + [facts.before, facts.during, back(facts), facts.recurrence, facts.chained],
      also: [
        Candidate(
          .deployRestart, .possible, "A stop that does not wait for requests under way breaks them in the same way.")
      ])
  }

  private static func never(_ facts: ProblemFacts, _ cause: Cause?) -> Finding {
    let isSocket = cause == .unixSocketMissing
    let subject = facts.subject(.unconnected)
    let failed = facts.failed(so: facts.draft.count { Strand($0) == .unconnected }, "refused")
    return Finding(
      .notRunning, .possible,
      isSocket
        ? "The Unix socket of \(facts.place) does not exist since the logs begin: the application does not run, or the "
          + "path is wrong; \(failed)"
        : "\(subject.text) \(subject.verb("has", "have")) refused every connection since the logs begin: the "
          + "application does not run, or it listens on another port or address; \(failed)",
      next: isSocket
        ? "See whether the application runs and at which path it listens; then compare with the proxy's configuration."
        : "See whether the application runs and on which port it listens; then compare with the proxy's configuration.",
      facts.counts + [facts.before, facts.during, facts.chained],
      also: [
        Candidate(
          .wrongPort, .possible, "No request was answered there in all of the logs: it may never have been right.")
      ])
  }

  private static func down(_ facts: ProblemFacts, _ cause: Cause?) -> Finding {
    let since = facts.draft.first.map(facts.moment) ?? "an unknown time"
    let isWhole = facts.others.isEmpty && (facts.servedDuring ?? 0) <= facts.draft.count / 10
    let subject = facts.subject(.unconnected)
    let what =
      cause == .unixSocketMissing
      ? subject.verb("has", "have") + " no Unix socket" : subject.verb("refuses", "refuse") + " connections"
    let was = cause == .unixSocketMissing ? "had no Unix socket" : "refused connections"
    let failed = facts.failed(so: facts.draft.count { Strand($0) == .unconnected }, "refused")
    let sentence =
      facts.isOngoing
      ? "\(subject.text) \(what) since \(since), until the end of the logs; \(failed)"
      : "\(subject.text) \(was) \(facts.wholeSpan); \(failed)"
    let next =
      if facts.neverAnswered {
        // Nothing tells that it ever ran there.
        "See whether the application runs, and whether it listens on the port and address that \(facts.title) asks."
      } else if facts.isOngoing {
        "Start the application again, and see in its log why it ended at \(since)."
      } else {
        "See in the application's log why it was away \(facts.wholeSpan)."
      }
    let evidence =
      facts.counts + [facts.before, facts.during, facts.othersServed, back(facts), facts.recurrence, facts.chained]
    if isWhole { return Finding(.upstreamDown, .likely, sentence, next: next, evidence) }
    return Finding(observed: cause, .likely, sentence, next: next, evidence)
  }

  private static func back(_ facts: ProblemFacts) -> String? {
    if facts.isOngoing { return "It did not come back until the end of the logs." }
    return facts.after
  }
}
