internal import Logging
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// The health of one upstream's endpoints for the whole process; it outlives reloads.
///
/// The board is behind a lock that only failures, probes and the once-a-second counts take. What changes is published
/// to every worker as a copy; the worker that caused the change takes its copy at once.
final class UpstreamHealth: Sendable {
  /// The endpoints of a generation, which indices belong to.
  struct Lineup: Hashable, Sendable {
    var number: UInt64
  }

  fileprivate struct State {
    var board: HealthBoard
    var lineup = Lineup(number: 0)
    var endpoints: [EndpointConfiguration]
    var random: SplitMix64
    /// Workers that a copy is on its way to: they will take the newest there is.
    var told: Set<Int> = []
    /// By the endpoint's URL; those that are configured.
    var tallies: [String: EndpointReading] = [:]
  }

  let name: String
  private let state: Mutex<State>
  private let logger: Logger
  private let workers: @Sendable () -> [WorkerHandle]

  /// - Parameter workers: all of them; asked for each time, since there are none yet when the first upstream is made.
  init(
    _ configuration: UpstreamConfiguration, identities: SipHash, logger: Logger, at now: Instant,
    workers: @escaping @Sendable () -> [WorkerHandle]
  ) {
    name = configuration.name
    self.logger = logger
    self.workers = workers
    var seeds = SystemRandomNumberGenerator()
    let board = HealthBoard(
      policy: configuration.health, endpoints: Self.endpoints(configuration, identities), at: now)
    state = Mutex(
      State(board: board, endpoints: configuration.endpoints, random: SplitMix64(seed: seeds.next())))
  }

  private static func endpoints(_ configuration: UpstreamConfiguration, _ identities: SipHash) -> [HealthEndpoint] {
    configuration.endpoints.map { endpoint in
      HealthEndpoint(
        identity: identities.hash(endpoint.url) >> 1, priority: endpoint.priority, hasWeight: endpoint.weight > 0,
        isDraining: endpoint.isDraining)
    }
  }

  /// A generation's endpoints and policy. The first worker that comes with a new one changes the board.
  func adopt(
    _ configuration: UpstreamConfiguration, identities: SipHash, at now: Instant
  ) -> (Lineup, HealthView) {
    state.withLock { state in
      if state.endpoints != configuration.endpoints || state.board.policy != configuration.health {
        state.board = state.board.replacing(
          policy: configuration.health, endpoints: Self.endpoints(configuration, identities), at: now)
        state.endpoints = configuration.endpoints
        let urls = Set(configuration.endpoints.map(\.url))
        state.tallies = state.tallies.filter { urls.contains($0.key) }
        state.lineup.number += 1
      }
      return (state.lineup, state.board.view)
    }
  }

  /// The present view of a lineup, nil where it is one of the past.
  func view(of lineup: Lineup) -> HealthView? {
    state.withLock { $0.lineup == lineup ? $0.board.view : nil }
  }

  // MARK: Events

  /// What happened to an endpoint of a lineup.
  ///
  /// - Returns: the view that the caller should use from now on, where it changed.
  func report(_ event: HealthEvent, of lineup: Lineup, from worker: WorkerHandle?, at now: Instant) -> HealthView? {
    let (changes, view, endpoints) = state.withLock {
      state -> ([StandingChange], HealthView?, [EndpointConfiguration]) in
      // An exchange of a past generation ends; its indices mean nothing any longer.
      guard state.lineup == lineup else { return ([], nil, []) }
      let generation = state.board.view.generation
      let changes = state.board.handle(event, at: now, random: state.random.next())
      let isNew = state.board.view.generation != generation
      for change in changes { state.count(change) }
      return (changes, isNew ? state.board.view : nil, changes.isEmpty ? [] : state.endpoints)
    }
    for change in changes { tell(change, endpoints[change.endpoint].url, at: now) }
    if view != nil { publish(from: worker) }
    return view
  }

  /// The right to send one request to an endpoint that is ejected.
  ///
  /// - Returns: the endpoint, where there is one, and the view that the caller should use from now on.
  func takeProbe(
    tried: EndpointSet, only: Int?, of lineup: Lineup, from worker: WorkerHandle, at now: Instant
  ) -> (endpoint: Int?, view: HealthView?) {
    let (endpoint, view) = state.withLock { state -> (Int?, HealthView?) in
      guard state.lineup == lineup else { return (nil, nil) }
      let endpoint = state.board.grantProbe(tried: tried, only: only, at: now)
      return (endpoint, state.board.view)
    }
    if endpoint != nil { publish(from: worker) }
    return (endpoint, view)
  }

  /// The result of an active check. An endpoint that is listed twice is one.
  func checked(_ url: String, _ outcome: CheckOutcome, at now: Instant) {
    let (indices, lineup) = state.withLock { state in
      state.count(outcome, of: url)
      return (state.endpoints.indices.filter { state.endpoints[$0].url == url }, state.lineup)
    }
    for index in indices { _ = report(.checked(index, outcome), of: lineup, from: nil, at: now) }
  }

  /// The operator's wish.
  ///
  /// - Returns: the endpoint as configured; nil where the upstream has no such one.
  func setDraining(_ endpoint: String, _ isDraining: Bool, at now: Instant) -> String? {
    let found = state.withLock { state -> (index: Int, url: String, lineup: Lineup)? in
      state.endpoints.firstIndex { $0.isNamed(endpoint) }.map { ($0, state.endpoints[$0].url, state.lineup) }
    }
    guard let found else { return nil }
    let event = isDraining ? HealthEvent.drained(found.index) : .undrained(found.index)
    _ = report(event, of: found.lineup, from: nil, at: now)
    return found.url
  }

  /// How the endpoints stand, in their order.
  var states: [(endpoint: EndpointConfiguration, state: HealthView.State)] {
    state.withLock { Array(zip($0.endpoints, $0.board.view.states)) }
  }

  /// How they stand and what became of them, for the metrics.
  var readings: [(endpoint: String, reading: EndpointReading)] {
    state.withLock { state in
      zip(state.endpoints, state.board.view.states).map { endpoint, standing in
        var reading = state.tallies[endpoint.url] ?? EndpointReading(standing: "")
        reading.standing = standing.standing.identifier
        return (endpoint.url, reading)
      }
    }
  }

  /// No endpoint is available, and all are used all the same.
  var isPanicking: Bool {
    state.withLock { $0.board.view.tiers.isEmpty && $0.board.view.fallback == .panic && !$0.endpoints.isEmpty }
  }

  /// How they stand with the view that they are from, at one moment.
  var lineupInForce: (endpoints: [EndpointConfiguration], view: HealthView) {
    state.withLock { ($0.endpoints, $0.board.view) }
  }

  // MARK: Telling

  private func publish(from worker: WorkerHandle?) {
    let others = workers().filter { $0 !== worker }
    let untold = state.withLock { state in others.filter { state.told.insert($0.index).inserted } }
    for handle in untold {
      handle.run { [self] worker in
        state.withLock { _ = $0.told.remove(handle.index) }
        worker.healthChanged(of: self)
      }
    }
  }

  private func tell(_ change: StandingChange, _ url: String, at now: Instant) {
    let place = "upstream \(name), endpoint \(url)"
    switch change.after {
    case .ejected(let until):
      logger.warning("\(place): ejected for \((until - now).inMilliseconds) ms (\(change.reason.identifier))")
    case .unhealthy:
      logger.warning("\(place): unhealthy (\(change.reason.identifier))")
    case .draining:
      logger.notice("\(place): draining")
    case .returning:
      logger.notice("\(place): returns (\(change.reason.identifier))")
    case .healthy:
      // The end of a slow start is nothing new.
      if change.before.isAvailable { return }
      logger.notice("\(place): returns (\(change.reason.identifier))")
    }
  }
}

extension UpstreamHealth.State {
  fileprivate mutating func count(_ change: StandingChange) {
    switch change.after {
    case .healthy, .returning, .draining: return
    case .ejected, .unhealthy: break
    }
    guard let reason = change.reason.ejectionReason else { return }
    tallies[endpoints[change.endpoint].url, default: EndpointReading(standing: "")].ejections[reason, default: 0] += 1
  }

  fileprivate mutating func count(_ outcome: CheckOutcome, of url: String) {
    guard endpoints.contains(where: { $0.url == url }) else { return }
    switch outcome {
    case .passed: tallies[url, default: EndpointReading(standing: "")].checksPassed += 1
    case .failed, .unexpectedStatus, .notServing:
      tallies[url, default: EndpointReading(standing: "")].checksFailed += 1
    case .inconclusive: tallies[url, default: EndpointReading(standing: "")].checksInconclusive += 1
    }
  }
}

extension StandingReason {
  /// As metrics count it, without a number; nil: it leaves nobody out.
  fileprivate var ejectionReason: String? {
    switch self {
    case .connectFailed(let cause), .failedInARow(let cause, _): cause.identifier
    case .successRate: "success_rate"
    case .probeFailed: "probe_failed"
    case .checksFailed: "checks_failed"
    case .new, .probeSucceeded, .checksPassed, .drained, .undrained, .slowStartEnded: nil
    }
  }
}

extension EndpointConfiguration {
  /// The URL as written, or `host:port` as in an address.
  fileprivate func isNamed(_ name: String) -> Bool {
    if url == name { return true }
    switch target {
    case .tcp(let host, let port): return name == (host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
    case .unix(let path): return name == path
    }
  }
}
