internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceWire

/// One worker's live state of one upstream.
final class UpstreamState {
  let configuration: UpstreamConfiguration
  let endpoints: [EndpointState]
  let permits: UpstreamPermits
  /// Opaque and stable: the same in every worker and after a restart.
  private let identities: [UInt64]
  var balancer: Balancer
  /// Of all workers; `lineup` names the endpoints that indices belong to.
  let health: UpstreamHealth
  let lineup: UpstreamHealth.Lineup
  /// This worker's copy.
  private(set) var view: HealthView
  /// Requests that the budget of replays was not told of yet.
  private var requestsUntold = 0
  let traffic: TrafficTally
  /// Given by the worker's book of tallies, before the first exchange.
  var tally = UpstreamTally()
  /// What this worker saw since it last told; nil where the limit on requests does not adapt.
  private(set) var samples: AdaptiveSamples?

  init(
    _ configuration: UpstreamConfiguration, tls: UpstreamTLS?, carryingOver old: UpstreamState?,
    services: GatewayServices
  ) {
    self.configuration = configuration
    permits = services.permits(for: configuration)
    traffic = old?.traffic ?? TrafficTally()
    health = services.health(of: configuration)
    (lineup, view) = health.adopt(configuration, identities: services.identities, at: Clock.now())
    samples = permits.samples
    identities = configuration.endpoints.map { services.identities.hash($0.url) >> 1 }
    var known: [EndpointState.Identity: EndpointState] = [:]
    for endpoint in old?.endpoints ?? [] { known[endpoint.identity] = endpoint }
    let permits = permits
    endpoints = configuration.endpoints.map { endpoint in
      let tls = endpoint.usesTLS ? tls : nil
      let state =
        known.removeValue(
          forKey: EndpointState.Identity(
            target: endpoint.target, tls: tls?.identity, proxyProtocol: configuration.proxyProtocol))
        ?? EndpointState(
          endpoint, tls: tls, permits: permits, history: services.history(of: endpoint.url, in: configuration.name))
      state.adopt(configuration, tls)
      return state
    }
    if let old, old.configuration.endpoints == configuration.endpoints,
      old.configuration.balance == configuration.balance
    {
      balancer = old.balancer
    } else {
      let balanced = zip(identities, configuration.endpoints).map { identity, endpoint in
        BalancedEndpoint(identity: identity, weight: UInt32(clamping: endpoint.weight))
      }
      balancer =
        old?.balancer.replacing(policy: configuration.balance, endpoints: balanced)
        ?? Balancer(policy: configuration.balance, endpoints: balanced)
    }
    adopt(view)
  }

  /// From now on picks go by this view. An endpoint that drains keeps no connection for later.
  func adopt(_ next: HealthView) {
    view = next
    for (index, endpoint) in endpoints.enumerated() where endpoint.isDraining != next.draining.contains(index) {
      endpoint.setDraining(!endpoint.isDraining)
    }
  }

  /// An attempt has ended: what it says of how busy the upstream is.
  func sample(_ attempt: AttemptRecord, hadWaited: Bool, at now: Instant) {
    guard let latency = attempt.answerTime(at: now) else { return }
    samples?.add(latency, sentAt: attempt.startedAt, hadWaited: hadWaited)
  }

  /// Tells the process what this worker saw.
  func tellSamples(at now: Instant, random: UInt64) {
    guard let told = samples else { return }
    samples = permits.take(told, at: now, random: random)
  }

  func identity(of endpoint: Int) -> UInt64 { identities[endpoint] }

  func countRequest() { requestsUntold += 1 }

  /// The budget learns of the requests since the last time.
  func tellRequests(at now: Instant) {
    guard requestsUntold > 0 else { return }
    permits.retries.deposit(requests: requestsUntold, at: now)
    requestsUntold = 0
  }

  func mayRepeat(share: Double, at now: Instant) -> Bool {
    tellRequests(at: now)
    return permits.retries.withdraw(share: share, at: now)
  }

  func began(_ endpoint: Int, at now: Instant) { balancer.began(endpoint, at: now) }

  func ended(_ endpoint: Int, latency: TimeSpan?, at now: Instant) {
    balancer.ended(endpoint, latency: latency, at: now)
  }

  /// Closes the connection that has been idle for the longest, to any endpoint, for its permit.
  func closeOneIdle() {
    for endpoint in endpoints where endpoint.pool.idleCount > 0 {
      endpoint.closeOldestIdle()
      return
    }
  }
}

/// One worker's connections to one endpoint.
final class EndpointState {
  /// What makes connections to it as good as each other.
  struct Identity: Hashable {
    var target: EndpointTarget
    /// `UpstreamTLS.identity`; nil: they are plain.
    var tls: [UInt8]?
    var proxyProtocol: ProxyHeaderVersion?
  }

  let target: EndpointTarget
  /// nil: it is spoken to in plain text.
  private(set) var tls: UpstreamTLS?
  let url: String
  let permits: UpstreamPermits
  /// `host:port` for a Host field of the endpoint's own.
  let authority: [UInt8]
  var pool: EndpointPool
  /// By slot of the pool.
  private var connections: [(any UpstreamConnection)?] = []
  /// HTTP/2 connections with streams under way, that others may join.
  private var shared: [HTTP2UpstreamConnection] = []
  /// What the last connection turned out to speak, where that is agreed on with each.
  var speaksHTTP2 = false
  private var protocolChoice = UpstreamProtocol.auto
  /// Told at the beginning of each connection, which then serves one exchange: the next may be another client's.
  private(set) var proxyProtocol: ProxyHeaderVersion?
  var isSecure: Bool { tls != nil }
  /// Makes a connection that may be shared; others wait for it instead of making one each.
  weak var dialing: PendingLease?
  /// Exchanges that wait for a connection, longest first.
  var waiters: [PendingLease] = []
  /// What all workers last saw of it.
  let history: EndpointHistory
  private(set) var isRetired = false
  private(set) var isDraining = false
  /// Answers since the last report, and those of them that were the application's own 5xx.
  var answers: UInt32 = 0
  var answers5xx: UInt32 = 0
  let traffic = TrafficTally()
  /// Given by the worker's book of tallies, before the first exchange.
  var tally = EndpointTally()
  private(set) var timeouts = UpstreamTimeouts()
  private(set) var responseLimits = HeadLimits()

  init(
    _ configuration: EndpointConfiguration, tls: UpstreamTLS?, permits: UpstreamPermits, history: EndpointHistory
  ) {
    target = configuration.target
    self.tls = tls
    url = configuration.url
    self.permits = permits
    self.history = history
    pool = EndpointPool(idleLimit: .seconds(4))
    authority = Array(Self.authority(of: configuration.target, usesTLS: tls != nil).utf8)
  }

  /// `host:port` without the port that everybody knows.
  static func authority(of target: EndpointTarget, usesTLS: Bool) -> String {
    switch target {
    case .tcp(let host, usesTLS ? 443 : 80): host.contains(":") ? "[\(host)]" : host
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix: "localhost"
    }
  }

  /// What is to be resolved; nil: the target is an address.
  var name: String? {
    guard case .tcp(let host, _) = target, EndpointAddress(host) == nil else { return nil }
    return host
  }

  var identity: Identity { Identity(target: target, tls: tls?.identity, proxyProtocol: proxyProtocol) }

  /// - Parameter tls: the same as before, as this generation made it.
  func adopt(_ configuration: UpstreamConfiguration, _ tls: UpstreamTLS?) {
    self.tls = tls
    timeouts = configuration.timeouts
    protocolChoice = configuration.protocolChoice
    proxyProtocol = configuration.proxyProtocol
    pool.setIdleLimit(configuration.timeouts.poolIdle)
    responseLimits = HeadLimits(total: configuration.limits.responseHead)
  }

  func connection(_ id: EndpointPool.ConnectionID) -> (any UpstreamConnection)? {
    let slot = Int(id.slot)
    return slot < connections.count ? connections[slot] : nil
  }

  func keep(_ connection: any UpstreamConnection, as id: EndpointPool.ConnectionID) {
    let slot = Int(id.slot)
    while connections.count <= slot { connections.append(nil) }
    connections[slot] = connection
  }

  /// Which protocol is spoken is agreed on with each connection.
  var mayChoose: Bool { isSecure && protocolChoice == .auto && proxyProtocol == nil }

  var requiresHTTP2: Bool { protocolChoice == .http2 }

  /// Whether a new connection may turn out to be HTTP/2.
  var offersHTTP2: Bool { protocolChoice == .http2 || mayChoose }

  /// Whether a new connection can be counted on to be HTTP/2.
  var expectsHTTP2: Bool { proxyProtocol == nil && (protocolChoice == .http2 || mayChoose && speaksHTTP2) }

  /// The connection has streams under way.
  func share(_ connection: HTTP2UpstreamConnection) { shared.append(connection) }

  func unshare(_ connection: HTTP2UpstreamConnection) { shared.removeAll { $0 === connection } }

  /// A connection that another attempt may join.
  var joinable: HTTP2UpstreamConnection? { proxyProtocol == nil ? shared.first { $0.hasRoom } : nil }

  /// The connection is gone: its slot and its permit are free. Safe to call again.
  ///
  /// - Parameter byPeer: when the endpoint closed it, which teaches how long it keeps idle connections; nil: not it.
  func forget(_ id: EndpointPool.ConnectionID, byPeer: Instant? = nil) {
    let wasKnown = byPeer.map { pool.closedByPeer(id, at: $0) } ?? pool.closed(id)
    guard wasKnown else { return }
    let slot = Int(id.slot)
    if slot < connections.count { connections[slot] = nil }
    permits.connections.release()
  }

  /// The name has other addresses now. Connections to those that are gone end: idle ones at once, the others with their
  /// exchange, whatever they carry being as good as before.
  ///
  /// - Parameter isNew: some are new; what is known of idle ages was learned from others.
  func keepAddresses(_ addresses: [EndpointAddress], isNew: Bool) {
    if isNew { pool.forgetAges() }
    for case let connection? in connections where !addresses.contains(connection.address.host) {
      connection.becomeObsolete()
    }
  }

  func closeOldestIdle() {
    guard let id = pool.oldestIdle else { return }
    connection(id)?.closeIdle()
  }

  func closeIdle() {
    for id in pool.idleConnections { connection(id)?.closeIdle() }
  }

  /// An endpoint that drains finishes what is under way, and keeps nothing for later.
  func setDraining(_ isOn: Bool) {
    isDraining = isOn
    if isOn { closeIdle() }
  }

  /// Removed by a reload: nothing is kept for later.
  func retire() {
    isRetired = true
    closeIdle()
  }
}
