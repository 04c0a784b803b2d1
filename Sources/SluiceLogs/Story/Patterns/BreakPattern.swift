internal import SluiceCore
internal import SluiceDiagnosis

/// Connections that end before an answer, where the proxy writes the same for a reused connection that had been closed
/// and for an application that ended (reference 2.10, rule 1). Timing decides, and what it decides is an estimate.
enum BreakPattern {
  /// Milliseconds within which a request on a connection that is closed already fails: one round trip, and some for a
  /// machine that is busy.
  static let quick = 50.0
  /// Failures of one second that a trickle has at most.
  static let trickle = 2
  /// Failures of one second from which on it is a burst.
  static let burst = 3
  /// Requests that are answered for each that fails, where the endpoint is well.
  static let healthyMin = 20
  /// Signs that have to agree.
  static let signsMin = 2

  private static let ambiguous: [Cause] = [.staleKeepalive, .closedBeforeResponse, .resetBeforeResponse, .writeFailed]

  static func find(_ facts: ProblemFacts) -> Finding? {
    let draft = facts.draft
    guard let root = draft.root.cause, Strand(root) == .broken else { return nil }
    let runs = draft.runs.filter { $0.key.cause.map(ambiguous.contains) ?? false }
    guard !runs.isEmpty, ambiguous.contains(root) else { return nil }
    if root == .staleKeepalive, runs.allSatisfy({ $0.sure >= .likely }) { return told(facts) }
    let signs = signs(facts, runs)
    let refused = draft.count { Strand($0) == .unconnected }
    let isBurst = (runs.map(\.peak).max() ?? 0) >= burst
    let isSlow = (median(runs) ?? 0) > 1000
    if refused == 0, !isSlow, !isBurst || isSpread(runs), signs.count >= (isBurst ? signsMin + 1 : signsMin) {
      let isLikely = draft.count >= 3 && (!isBurst || signs.count >= 2 * signsMin)
      return stale(facts, signs, isLikely ? .likely : .possible)
    }
    if isBurst || isSlow { return crash(facts, runs, isSlow: isSlow) }
    return undecided(facts, signs)
  }

  // MARK: Signs of a connection that was closed before it was used again

  private static func signs(_ facts: ProblemFacts, _ runs: [FailureRun]) -> [String] {
    let count = runs.reduce(0) { $0 + $1.count }
    var signs: [String] = []
    let fullest = runs.map(\.peak).max() ?? 0
    if count >= 3, isSpread(runs) {
      signs.append("They are spread over time: never more than \(fullest) in a second.")
    }
    let durations = runs.reduce(into: DurationCounts()) { $0.add($1.durations) }
    let fast = durations.count(below: quick)
    if durations.total > 0, Double(fast) >= 0.8 * Double(durations.total) {
      signs.append("\(Numbers.plain(fast)) of \(Numbers.plain(durations.total)) failed within \(Int(quick)) ms.")
    }
    let connects = runs.reduce(into: DurationCounts()) { $0.add($1.connecting) }
    if connects.total >= 3, connects.longest < 1 {
      signs.append("No time was spent on connecting: the connections may have been open already.")
    }
    if let served = facts.servedDuring, served >= healthyMin * facts.draft.count {
      signs.append("The endpoint was well: \(Numbers.plain(served)) other requests were answered in the same time.")
    }
    let methods = runs.reduce(into: NameCounts()) { $0.add($1.methods) }
    let repeatable = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"].reduce(0) { $0 + methods.count(of: $1) }
    let rest = methods.total - repeatable
    if methods.total >= 3, Double(rest) >= 0.6 * Double(methods.total) {
      signs.append("\(Numbers.plain(rest)) of \(Numbers.plain(methods.total)) may not be sent twice, as POST.")
    }
    let all = facts.draft.count { [.unconnected, .exhausted, .late].contains(Strand($0)) }
    if count >= 3, all == 0 { signs.append("No connection was refused before or after: nothing restarted.") }
    return signs
  }

  /// Whether they go on, as connections that idled do, and are not the one moment at which a process ends.
  private static func isSpread(_ runs: [FailureRun]) -> Bool {
    let fullest = runs.map(\.peak).max() ?? 0
    return fullest <= trickle || 2 * fullest <= runs.reduce(0) { $0 + $1.count }
  }

  private static func median(_ runs: [FailureRun]) -> Double? {
    runs.reduce(into: DurationCounts()) { $0.add($1.durations) }.median
  }

  private static let keepAlive =
    "Make the application keep idle connections longer than the proxy does, or let the proxy give them up sooner."

  private static func told(_ facts: ProblemFacts) -> Finding {
    Finding(
      .idleTimeoutMismatch, .likely,
      "\(facts.blamed) closed idle connections while \(facts.title) still used them, "
        + "\(facts.wholeSpan); \(facts.failed)",
      next: keepAlive, facts.counts + [facts.during, facts.recurrence, facts.chained])
  }

  private static func stale(_ facts: ProblemFacts, _ signs: [String], _ sure: Sureness) -> Finding {
    Finding(
      .idleTimeoutMismatch, sure,
      "\(facts.subject.text) \(facts.subject.verb("seems", "seem")) to close idle connections sooner than "
        + "\(facts.title) does, \(facts.wholeSpan); "
        + "\(facts.failed). That is an estimate from their timing",
      next: keepAlive, signs + facts.counts + [facts.recurrence, facts.chained],
      also: [
        Candidate(
          .applicationCrash, .possible,
          "\(facts.title) writes the same where the application ends; no refusal followed.")
      ])
  }

  private static func crash(_ facts: ProblemFacts, _ runs: [FailureRun], isSlow: Bool) -> Finding {
    let fullest = runs.map(\.peak).max() ?? 0
    let burst = fullest >= Self.burst ? "\(fullest) connections broke in one second." : nil
    let took = median(runs).map { "Half of the requests had run for \(Shown.duration($0)) or longer." }
    return Finding(
      .applicationCrash, .possible,
      "\(facts.application) closed connections in the middle of requests \(facts.wholeSpan); "
        + "\(facts.failed). A process or worker that ends does that",
      next: "See in the application's log and in `journalctl -k` whether a process ended \(facts.wholeSpan).",
      [burst, isSlow ? took : nil] + facts.counts + [facts.during, facts.after, facts.recurrence, facts.chained],
      also: isSlow
        ? []
        : [Candidate(.idleTimeoutMismatch, .possible, "\(facts.title) writes the same for a reused connection.")])
  }

  private static func undecided(_ facts: ProblemFacts, _ signs: [String]) -> Finding {
    Finding(
      observed: facts.draft.root.cause, .possible,
      "\(facts.blamed) closed connections before an answer \(facts.wholeSpan): idle ones that were used again, or an "
        + "application that ended; \(facts.failed)",
      next:
        "See whether the application's log has these requests: if not, connections were stale; if so, see why it ended.",
      facts.counts + signs + [facts.during, facts.recurrence, facts.chained],
      also: [
        Candidate(.idleTimeoutMismatch, .possible, signs.first ?? "\(facts.title) writes the same for both."),
        Candidate(.applicationCrash, .possible, "\(facts.title) writes the same for both."),
      ])
  }
}
