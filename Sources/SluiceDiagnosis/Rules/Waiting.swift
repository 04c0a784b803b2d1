internal import SluiceCore
internal import SluiceIncidents

/// An application that is too slow: of itself, for the load, or for what it waits for.
enum Waiting {
  /// Attempts in a row without an answer that make a hung process likelier than a slow request.
  static let hungAttempts = 5

  static func noHead(_ facts: Facts) -> Judgement {
    let limit = facts.evidence?.timeouts?.responseHead ?? facts.waited
    let span = limit.map { " within \(Shown.duration($0))" } ?? " in time"
    let start = "The application at \(facts.here) took \(facts.request) and sent no response head\(span)"
    let reading = reading(facts)
    return Judgement(
      start + reading.words, next: reading.next,
      .observed(.responseHeaderTimeout, facts.evidence == nil ? .possible : .likely, evidence(facts)),
      or: reading.others)
  }

  /// What the load and the other requests say of a request that took too long.
  private struct Reading {
    var words: String
    var others: [Explanation?]
    var next: String
  }

  private static func reading(_ facts: Facts) -> Reading {
    if facts.isLoaded == true {
      return Reading(
        words: ", overloaded: \(facts.loadShown ?? "")", others: [.root(.overload, .likely, [facts.loadSentence])],
        next: "Add capacity or shed load: the upstream is at its limit.")
    }
    if facts.failuresInARow >= hungAttempts {
      return Reading(
        words: "; \(facts.failuresInARow) attempts in a row failed",
        others: [
          .root(.applicationHung, .likely, [facts.inARow, facts.lastAnswer]), .root(.slowApplication, .possible),
        ],
        next: "Take a stack dump of the process if it hangs, then restart it.")
    }
    if facts.allFail {
      return Reading(
        words: "; the other endpoints fail too" + (facts.isLoaded == false ? ", without much load" : ""),
        others: [
          .root(.slowApplication, .possible, [facts.loadSentence]),
          .root(.slowDependency, .possible, [facts.othersShown, facts.loadSentence]),
        ],
        next: "Look for what all endpoints wait for: a database, a lock, another service.")
    }
    if facts.isOtherwiseFine == true {
      return Reading(
        words: "; other requests are answered",
        others: [.root(.slowApplication, .likely, [facts.lastAnswer, facts.loadSentence])],
        next: "Look at what this request does: its handler or a query of its own is slow.")
    }
    return Reading(
      words: "",
      others: [
        .root(.slowApplication, .possible, [facts.loadSentence]), .root(.applicationHung, .possible, [facts.inARow]),
      ],
      next: "Look in the application's log at \(facts.clock) for what the request waited for.")
  }

  private static func evidence(_ facts: Facts) -> [String?] {
    [facts.waitedShown, facts.loadSentence, facts.lastAnswer, facts.inARow, facts.othersShown, facts.connection]
  }

  static func deadline(_ facts: Facts) -> Judgement {
    let attempts = facts.record.attempts?.count ?? 0
    let tries = attempts > 1 ? " in \(attempts) attempts" : ""
    let timeouts = facts.evidence?.timeouts
    let limit = timeouts.map { " of \(Shown.duration($0.request))" } ?? ""
    let isLadderWrong = timeouts.map { $0.request <= $0.responseHead } == true
    let reading = reading(facts)
    return Judgement(
      "The application at \(facts.here) did not answer \(facts.request)\(tries) within the whole time\(limit)\(reading.words)",
      next: isLadderWrong
        ? "Set `timeouts.request` above `timeouts.responseHead`, or let the request take less." : reading.next,
      .observed(.requestDeadline, facts.evidence == nil ? .possible : .likely, evidence(facts)),
      or: [
        isLadderWrong
          ? .root(.timeoutLadder, .possible, ["`timeouts.request` is not longer than `timeouts.responseHead`."]) : nil
      ] + reading.others)
  }

  static func bodyStalled(_ facts: Facts) -> Judgement {
    let span = facts.evidence?.timeouts.map { " for \(Shown.duration($0.bodyIdle))" } ?? " for too long"
    return Judgement(
      "The application at \(facts.here) stopped in the middle of its response\(span): \(Truncating.amount(facts))",
      next: "Look in the application's log at \(facts.clock) for what it waits for while it writes.",
      .observed(
        .bodyIdleTimeout, facts.evidence == nil ? .possible : .likely, [facts.transferred] + evidence(facts)),
      or: slowOrLost(facts))
  }

  static func untaken(_ facts: Facts) -> Judgement {
    let sent = facts.bytesSent.map { " after \(Shown.bytes($0))" } ?? ""
    return Judgement(
      "The application at \(facts.here) stopped reading the request\(sent)",
      next: "See whether the application reads request bodies, hangs, or is short of CPU.",
      .observed(.writeTimeout, facts.evidence == nil ? .possible : .likely, [facts.transferred] + evidence(facts)),
      or: slowOrLost(facts))
  }

  private static func slowOrLost(_ facts: Facts) -> [Explanation?] {
    [
      .root(.slowApplication, .possible, [facts.loadSentence]),
      facts.place?.isLocal == true ? nil : .root(.packetsDropped, .possible, ["A lost connection looks the same."]),
    ]
  }
}
