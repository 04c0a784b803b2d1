internal import SluiceCore
internal import SluiceIncidents

/// A connection that ended without a response: a race at its idle limit, or a process that went away.
enum Closing {
  /// Milliseconds of rest after which a connection may well have been closed for being idle: few set a limit below a
  /// second.
  static let idleTimeoutMin = 800.0

  static func stale(_ facts: Facts) -> Judgement {
    if let gone = gone(.staleKeepalive, facts) { return gone }
    let evidence = [facts.connection, facts.transferred, nearLimit(facts), facts.lastAnswer]
    let limit = facts.idleLimit.map { " (poolIdle is \(Shown.duration($0)))" } ?? ""
    let next = "Set the application's keep-alive timeout above the gateway's, or `timeouts.poolIdle` below it\(limit)."
    let how = facts.rest.map { "a connection idle for \(Shown.duration($0))" } ?? "a reused connection"
    let sentence = "The endpoint \(facts.here) closed \(how) just as the request went out, without a byte"
    if let uses = facts.attempt?.uses, Facts.isRoundCount(uses) {
      return Judgement(
        sentence + ", after \(uses) requests on it",
        next: "Raise the application's limit of requests for a connection.",
        .observed(.staleKeepalive, .configuration, .possible, evidence),
        or: [.root(.requestsPerConnectionLimit, .possible, ["\(uses) is a number that people set as a limit."])])
    }
    if let problem = facts.otherBreak {
      return Judgement(
        sentence + "; fresh ones broke at the same time, so it may have been the process that ended",
        next: "See in the application's log whether it ended or restarted at \(facts.clock).",
        .undecided(.staleKeepalive, evidence),
        or: [.root(.applicationCrash, .possible, [facts.seen(problem)]), .root(.idleTimeoutMismatch, .possible)],
        checks: [.process, .applicationLog])
    }
    if let rest = facts.rest, rest >= idleTimeoutMin, facts.evidence != nil {
      return Judgement(
        sentence + ": its idle timeout is shorter than ours", next: next,
        .observed(.staleKeepalive, .likely, evidence),
        or: [
          .root(.idleTimeoutMismatch, .likely, [nearLimit(facts)]),
          .root(.applicationCrash, .possible, ["A process that ends closes its idle connections too."]),
        ])
    }
    let young = facts.rest.map { $0 < idleTimeoutMin } == true
    return Judgement(
      sentence + (young ? "; it had rested too little for an idle timeout" : ""), next: next,
      // One that goes on answering did not crash: something closes its connections, however young.
      facts.isOtherwiseFine == true
        ? .observed(.staleKeepalive, .possible, evidence) : .undecided(.staleKeepalive, evidence),
      or: [
        .root(.idleTimeoutMismatch, .possible),
        .root(.applicationCrash, .possible, [young ? "Few programs close a connection for being idle so soon." : nil]),
      ], checks: [.applicationLog])
  }

  private static func nearLimit(_ facts: Facts) -> String? {
    guard let near = facts.restNearIdleLimit, let limit = facts.idleLimit else { return nil }
    return near
      ? "It rested for about the gateway's own idle limit of \(Shown.duration(limit)): both sides may have the same."
      : "The gateway keeps an idle connection for \(Shown.duration(limit))."
  }

  static func unanswered(_ cause: Cause, _ facts: Facts) -> Judgement {
    if let gone = gone(cause, facts) { return gone }
    let verb = cause == .closedBeforeResponse ? "closed" : "reset"
    let after = facts.waited.map { " after \(Shown.duration($0))" } ?? ""
    let evidence = [
      facts.connection, facts.transferred, facts.waitedShown, facts.errno, facts.lastAnswer, facts.othersShown,
    ]
    let sentence =
      "The application at \(facts.here) took the request and \(verb) the connection\(after), without a byte"
    var others = [Explanation?]()
    if let problem = facts.otherBreak {
      others.append(.root(.applicationCrash, .possible, [facts.seen(problem)]))
    }
    if let waited = facts.waited, Facts.isRoundTime(waited) {
      others.append(
        .root(.workerTimeout, .possible, ["\(Shown.duration(waited)) is a time that people set as a limit."]))
    }
    if others.isEmpty { others.append(.root(.applicationCrash, .possible, [facts.inARow])) }
    if cause == .resetBeforeResponse, facts.place?.isLocal == false {
      others.append(.root(.firewall, .possible, ["A device on the way can reset a connection."]))
    }
    return Judgement(
      sentence, next: "Look in the application's log at \(facts.clock) for what ended \(facts.request).",
      .observed(cause, .application, sureness(facts), evidence), or: others)
  }

  /// A FIN or reset after the request is the application's where it is seen to work otherwise, or is on this machine.
  private static func sureness(_ facts: Facts) -> Sureness {
    guard facts.evidence != nil else { return .possible }
    return facts.isOtherwiseFine == true || facts.place?.isLocal == true || facts.otherBreak != nil
      ? .likely : .possible
  }

  static func whileSending(_ facts: Facts) -> Judgement {
    if let gone = gone(.writeFailed, facts) { return gone }
    let sent = facts.bytesSent.map { " after \(Shown.bytes($0)) of it" } ?? ""
    return Judgement(
      "The application at \(facts.here) closed the connection while the request was still being sent,\(sent)",
      next: "See in the application's log whether it refuses large requests, or ended at \(facts.clock).",
      .observed(
        .writeFailed, sureness(facts), [facts.connection, facts.transferred, facts.errno, facts.lastAnswer]),
      or: [
        .root(.applicationCrash, .possible, [facts.otherBreak.map(facts.seen), facts.inARow])
      ])
  }

  /// What all rules for broken connections begin with: the endpoint was seen to take no connections right then, so the
  /// process is gone. A deploy just before says who ended it.
  static func gone(_ cause: Cause, _ facts: Facts) -> Judgement? {
    guard facts.refusesToo else { return nil }
    let evidence = [
      "Around the same moment the endpoint refused connections.", facts.connection, facts.transferred,
      facts.otherBreak.map(facts.seen), facts.lastAnswer,
    ]
    let observed = Explanation.observed(cause, .likely, evidence)
    // Another process alone may be the restart after an earlier crash.
    if let deploy = facts.latestDeploy, deploy.kind != .process, let time = facts.time,
      time - deploy.time <= Facts.consequenceTime
    {
      return Judgement(
        "A deploy (\(Shown.text(deploy.text, limit: 40))) ended the application at \(facts.here) with requests under way",
        next: "Let the application finish its requests before it stops, or drain the endpoint first.",
        .root(.deployRestart, .likely, [facts.shown(deploy)] + evidence), or: [observed])
    }
    return Judgement(
      "The application at \(facts.here) ended in the middle of its work: the connection broke, then none was accepted",
      next: "See in its log and the kernel's why it ended at \(facts.clock), and whether it runs again.",
      .root(.applicationCrash, .likely, evidence), or: [observed], checks: [.process, .applicationLog, .resources])
  }
}
