/// The health of one upstream's endpoints, judged for the whole process.
///
/// # Overview
/// `handle` takes what happened and says whose standing changed and why; `view` is what picks read. Three things decide
/// on an endpoint, each with a state of its own: the operator (draining), active checks (passing or failing), and the
/// attempts of requests (trusted or ejected). It is given requests where all three let it.
///
/// # Why this way
/// Failures are rare and come one by one; successes are the rule and are told only where one is waited for, so that the
/// happy path pays nothing. An ejected endpoint comes back through a probe only, never because time has passed:
/// otherwise each repetition of an ejection would cost the requests that find out.
///
/// # Not handled here
/// Who may be a probe (the shell asks with a request that may be repeated), how checks are made, and the pick itself
/// (`Balancer.pick(_:within:)`).
public struct HealthBoard: Sendable {
  /// A probe that has said nothing for this long was lost, and another is granted.
  public static let probeTime = TimeSpan.seconds(10)

  /// As active checks see it.
  enum Check: Sendable {
    /// Until `fall` failures in a row → failing
    case passing(failures: Int)
    /// Until `rise` successes in a row → passing
    case failing(successes: Int, reason: StandingReason, since: Instant)
  }

  /// As the attempts of requests see it.
  enum Trust: Sendable {
    /// → ejected
    case trusted
    /// → trusted by a probe, → ejected for longer by one that failed
    case ejected(Ejection)
  }

  struct Ejection: Sendable {
    var since: Instant
    /// No probe before this.
    var until: Instant
    var weight: EjectionWeight
    var reason: StandingReason
    /// While a probe is under way, when it counts as lost.
    var probeUntil = Instant(nanoseconds: .min)

    var nextProbe: Instant { max(until, probeUntil) }
  }

  /// Failures since the last success.
  struct Row: Sendable {
    var connection = 0
    /// Those of the connection included.
    var all = 0
    var lastExchange: UInt64?
  }

  /// A slow start.
  struct Growth: Sendable {
    var since: Instant
    var until: Instant
    var reason: StandingReason
  }

  struct Entry: Sendable {
    var endpoint: HealthEndpoint
    var drainedSince: Instant?
    var check = Check.passing(failures: 0)
    var trust = Trust.trusted
    var growth: Growth?
    var row = Row()
    var window = RateWindow()
    /// Ejections that are not forgotten: the next one lasts longer for each.
    var ejections = 0
    /// Attempts that began before this say nothing new.
    var returnedAt = Instant(nanoseconds: .min)
    /// Why it is healthy, where it is.
    var reason = StandingReason.new
    var since: Instant

    init(_ endpoint: HealthEndpoint, at now: Instant) {
      self.endpoint = endpoint
      since = now
      drainedSince = endpoint.isDraining ? now : nil
    }

    var standing: Standing {
      if drainedSince != nil { return .draining }
      if case .failing = check { return .unhealthy }
      if case .ejected(let ejection) = trust { return .ejected(until: ejection.until) }
      return growth.map { .returning(until: $0.until) } ?? .healthy
    }
  }

  public private(set) var policy: HealthPolicy
  var entries: [Entry]
  public internal(set) var view = HealthView()

  /// At the start of the process: every endpoint is healthy, at its whole share, or drained by the configuration.
  public init(policy: HealthPolicy, endpoints: [HealthEndpoint], at now: Instant) {
    self.policy = policy
    entries = endpoints.prefix(EndpointSet.capacity).map { Entry($0, at: now) }
    rebuildView()
  }

  /// The board of changed endpoints or a changed policy: what is known of those that stay, stays known.
  ///
  /// One that is new beside others that are not begins with a slow start.
  public func replacing(policy: HealthPolicy, endpoints: [HealthEndpoint], at now: Instant) -> HealthBoard {
    var result = HealthBoard(policy: policy, endpoints: endpoints, at: now)
    var known = Dictionary(entries.map { ($0.endpoint.identity, $0) }) { first, _ in first }
    let isKnown = result.entries.map { known[$0.endpoint.identity] != nil }
    for index in result.entries.indices {
      let endpoint = result.entries[index].endpoint
      guard var entry = known.removeValue(forKey: endpoint.identity) else {
        if isKnown.contains(true) { result.startSlowly(index, .new, at: now) }
        continue
      }
      // What the configuration says of draining holds where it has changed; else the operator's word does.
      if entry.endpoint.isDraining != endpoint.isDraining { entry.drainedSince = endpoint.isDraining ? now : nil }
      entry.endpoint = endpoint
      if !policy.usesChecks { entry.check = .passing(failures: 0) }
      if !policy.ejection.isOn { entry.trust = .trusted }
      result.entries[index] = entry
    }
    result.view.generation = view.generation
    result.rebuildView()
    return result
  }

  /// - Parameter random: fresh random bits, for the jitter of an ejection.
  /// - Returns: whose standing changed. An endpoint that does not exist changes nothing.
  public mutating func handle(_ event: HealthEvent, at now: Instant, random: UInt64) -> [StandingChange] {
    if case .counted(let index, let answers, let answers5xx) = event {
      guard entries.indices.contains(index) else { return [] }
      entries[index].window.add(answers: answers, answers5xx: answers5xx, at: now)
      return []
    }
    let before = entries.map(\.standing)
    let reason = apply(event, at: now, random)
    return changes(since: before, reason)
  }

  /// - Returns: the reason, where a standing may have changed and its state does not hold it.
  private mutating func apply(_ event: HealthEvent, at now: Instant, _ random: UInt64) -> StandingReason? {
    switch event {
    case .failed(let index, let cause, let exchange, let began):
      guard entries.indices.contains(index) else { return nil }
      failed(index, cause, exchange, began, at: now, random)
    case .succeeded(let index, let is5xx, let began):
      guard entries.indices.contains(index) else { return nil }
      succeeded(index, is5xx, began, at: now, random)
    case .probeLost(let index):
      guard entries.indices.contains(index), case .ejected(var ejection) = entries[index].trust else { return nil }
      ejection.probeUntil = ejection.until
      entries[index].trust = .ejected(ejection)
      rebuildView()
    case .counted:
      return nil
    case .secondPassed:
      secondPassed(at: now, random)
    case .checked(let index, let outcome):
      guard entries.indices.contains(index), policy.usesChecks else { return nil }
      checked(index, outcome, at: now, random)
    case .drained(let index):
      guard entries.indices.contains(index), entries[index].drainedSince == nil else { return nil }
      entries[index].drainedSince = now
    case .undrained(let index):
      guard entries.indices.contains(index), entries[index].drainedSince != nil else { return nil }
      entries[index].drainedSince = nil
      startSlowly(index, .undrained, at: now)
      return .undrained
    }
    return nil
  }

  private mutating func changes(since before: [Standing], _ reason: StandingReason?) -> [StandingChange] {
    var changes: [StandingChange] = []
    for index in entries.indices where entries[index].standing != before[index] {
      changes.append(
        StandingChange(
          endpoint: index, before: before[index], after: entries[index].standing,
          reason: reason ?? entries[index].state.reason))
    }
    if !changes.isEmpty { rebuildView() }
    return changes
  }

  // MARK: Coming back

  /// The endpoint may be given requests again: a growing share of them.
  mutating func startSlowly(_ index: Int, _ reason: StandingReason, at now: Instant) {
    entries[index].row = Row()
    entries[index].window = RateWindow()
    entries[index].returnedAt = now
    entries[index].reason = reason
    entries[index].since = now
    entries[index].growth =
      policy.slowStart > .zero ? Growth(since: now, until: now + policy.slowStart, reason: reason) : nil
  }

  private mutating func secondPassed(at now: Instant, _ random: UInt64) {
    for index in entries.indices {
      if let growth = entries[index].growth, growth.until <= now {
        entries[index].growth = nil
        entries[index].reason = .slowStartEnded
        entries[index].since = now
      }
      entries[index].window.turn(at: now)
    }
    guard policy.ejection.isOn, policy.ejection.usesSuccessRate else { return }
    for outlier in SuccessRates.outliers(entries.map { $0.standing.isAvailable ? $0.window : nil }) {
      let reason = StandingReason.successRate(own: Int(outlier.own * 100), others: Int(outlier.others * 100))
      eject(outlier.endpoint, .successRate, reason, at: now, random)
    }
  }

  // MARK: Checks

  private mutating func checked(_ index: Int, _ outcome: CheckOutcome, at now: Instant, _ random: UInt64) {
    switch (entries[index].check, outcome) {
    case (_, .inconclusive):
      return
    case (.passing, .passed):
      entries[index].check = .passing(failures: 0)
      guard case .ejected(let ejection) = entries[index].trust, ejection.until <= now else { return }
      entries[index].trust = .trusted
      startSlowly(index, .checksPassed(count: 1), at: now)
    case (.passing(let failures), _):
      let count = failures + 1
      if count >= policy.fall {
        let reason = StandingReason.checksFailed(outcome, count: count)
        entries[index].check = .failing(successes: 0, reason: reason, since: now)
      } else {
        entries[index].check = .passing(failures: count)
      }
      guard case .ejected(let ejection) = entries[index].trust, ejection.until <= now else { return }
      prolong(index, ejection, .probeFailed(outcome.cause), at: now, random)
    case (.failing(let successes, let reason, let since), .passed):
      guard successes + 1 >= policy.rise else {
        entries[index].check = .failing(successes: successes + 1, reason: reason, since: since)
        return
      }
      entries[index].check = .passing(failures: 0)
      entries[index].trust = .trusted
      startSlowly(index, .checksPassed(count: successes + 1), at: now)
    case (.failing(_, let reason, let since), _):
      entries[index].check = .failing(successes: 0, reason: reason, since: since)
    }
  }
}

extension CheckOutcome {
  /// The cause that a failed check stands for.
  fileprivate var cause: Cause {
    switch self {
    case .failed(let cause): cause
    case .unexpectedStatus, .notServing, .passed, .inconclusive: .upstreamStatus
    }
  }
}
