internal import SluiceCore
internal import SluiceIncidents

/// What the gateway refused by itself.
enum Limiting {
  /// A limit on requests this low is more often a setting than what an upstream can bear.
  static let lowLimit = 16

  static func queue(_ cause: Cause, _ facts: Facts) -> Judgement {
    let load = facts.loadShown.map { ": \($0)" } ?? ""
    let waited = facts.evidence?.timeouts.map { " for \(Shown.duration($0.queue))" } ?? " too long"
    let what =
      cause == .poolQueueFull ? "found the queue of \(facts.upstream) full" : "waited\(waited) for \(facts.upstream)"
    let slow = facts.otherSlowness
    let why = slow == nil ? "" : "; its answers take too long"
    return Judgement(
      "The request \(what)\(load)\(why)",
      next: slow == nil
        ? "See whether more requests came than usual or the application became slower; then add capacity."
        : "See why the application is slow: requests that take long hold their places.",
      .observed(
        cause, .application, slow != nil && facts.evidence != nil ? .likely : .possible,
        [facts.loadSentence, slow.map(facts.seen)]),
      or: [
        slow.map { .root(.slowApplication, .likely, [facts.seen($0)]) },
        .root(.overload, .possible, [facts.loadSentence]),
        facts.evidence?.load.map { $0.requestsMax <= lowLimit } == true
          ? .root(.limitTooLow, .possible, [facts.loadSentence]) : nil,
      ])
  }

  static func shed(_ cause: Cause, _ facts: Facts) -> Judgement {
    let why =
      cause == .adaptiveLimitShed
      ? "the limit that adapts to its answer times was reached" : "it fails so often that only a part is let through"
    return Judgement(
      "The gateway shed the request for \(facts.upstream): \(why)",
      next: "See why the application fails or became slow: its incidents came before this one.",
      .observed(
        cause, facts.problemsOfUpstream.isEmpty ? .possible : .likely,
        [facts.loadSentence] + facts.problemsOfUpstream.prefix(2).map(facts.seen)),
      or: [.root(.overload, .possible, [facts.loadSentence])])
  }

  static func rate(_ facts: Facts) -> Judgement {
    let client = facts.record.client.map { "The client \(Shown.text($0))" } ?? "The client"
    return Judgement(
      "\(client) sent more requests than its rate limit allows",
      next: "Let the client slow down, or raise its limit.",
      .observed(.rateLimited, .certain, ["The gateway counts each client's requests itself."]))
  }

  static func draining(_ facts: Facts) -> Judgement {
    Judgement(
      "The gateway was draining before it stopped, so it refused \(facts.request)",
      next: "Let the load balancer in front take the gateway out first: raise `drain.delay`.",
      .observed(.proxyDraining, .certain, ["The gateway had been told to stop."]))
  }

  static func bug(_ facts: Facts) -> Judgement {
    Judgement(
      "The gateway found itself in a state that must not exist, in phase \(Shown.text(facts.record.phase, limit: 16))",
      next: "Report it with this incident: it is a mistake of the gateway, not of the application.",
      .observed(.proxyBug, .certain, ["The gateway's own check failed."]))
  }
}
