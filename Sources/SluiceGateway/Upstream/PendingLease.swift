internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore

/// An attempt that waits for its connection: for a permit, or for the connection to be made.
///
/// Where the connection will be HTTP/2, attempts that come meanwhile follow this one and share it, instead of making
/// one each.
final class PendingLease {
  enum State {
    case waiting(PermitGate.Ticket)
    case connecting(Connector)
    /// Waits for the connection of this one.
    case following(PendingLease)
    case ended
  }

  let worker: Worker
  let endpoint: EndpointState
  let upstream: UpstreamState
  private(set) var id: EndpointPool.ConnectionID
  let driver: ExchangeDriver
  private var state = State.ended
  private var followers: [PendingLease] = []
  /// When it began to wait for its permit.
  private var askedAt = Instant.never

  init(
    worker: Worker, endpoint: EndpointState, upstream: UpstreamState, id: EndpointPool.ConnectionID,
    driver: ExchangeDriver
  ) {
    self.worker = worker
    self.endpoint = endpoint
    self.upstream = upstream
    self.id = id
    self.driver = driver
  }

  /// A protocol switch of HTTP/1.1 is asked for: its connection can be nobody else's.
  var needsHTTP1: Bool { driver.plan.upgrades && endpoint.mayChoose }

  /// Takes a connection permit, then connects.
  func start(at now: Instant) {
    let gate = endpoint.permits.connections
    switch gate.acquire(worker.grant(.connection, of: gate)) {
    case .granted:
      lead()
      connect(at: now)
    case .queued(let ticket):
      state = .waiting(ticket)
      askedAt = now
      lead()
      worker.wait(for: ticket, of: gate, driver: driver)
      endpoint.waiters.append(self)
      worker.services.askForIdle(of: upstream.configuration.name)
      driver.handle(.leaseQueued, at: now)
    case .refused:
      _ = endpoint.pool.closed(id)
      driver.leaseFailed(.poolQueueFull, at: now)
    }
  }

  /// Others may follow from now on.
  private func lead() {
    if endpoint.expectsHTTP2, !needsHTTP1 { endpoint.dialing = self }
  }

  func permitGranted(at now: Instant) {
    endpoint.waiters.removeAll { $0 === self }
    upstream.tally.counts.addConnectionWait(now - askedAt)
    connect(at: now)
    for follower in followers { follower.driver.handle(.connecting, at: now) }
  }

  private func connect(at now: Instant) {
    driver.handle(.connecting, at: now)
    let connector = Connector(
      worker: worker, endpoint: endpoint, offersHTTP2: endpoint.offersHTTP2 && !needsHTTP1, client: driver.client)
    state = .connecting(connector)
    connector.start(at: now) { [self] result in connectorEnded(result) }
  }

  private func connectorEnded(_ result: Connector.Result) {
    guard case .connecting = state else { return }
    state = .ended
    if endpoint.dialing === self { endpoint.dialing = nil }
    let now = Clock.now()
    let followers = followers
    self.followers = []
    upstream.tally.counts.addConnection(
      resolve: endpoint.name == nil ? -1 : result.resolveTime, connect: result.connectTime, handshake: result.tlsTime)
    worker.services.saw(result.chain, of: endpoint.url, in: upstream.configuration.name)
    switch result.outcome {
    case .connected(let connection):
      endpoint.pool.connected(id, at: now)
      endpoint.tally.counts.addOpened()
      endpoint.keep(connection, as: id)
      // The name may have lost the address while it was being connected to.
      if !worker.hasAddress(endpoint, connection.address) { connection.becomeObsolete() }
      let stream = connection.begin(as: id, for: driver)
      if endpoint.mayChoose, !needsHTTP1 { endpoint.speaksHTTP2 = connection is HTTP2UpstreamConnection }
      record(result)
      let mayBeRefused = endpoint.isSecure || connection.mayRefuse
      driver.leased(stream, LeaseFacts(uses: 0, mayBeRefused: mayBeRefused), age: .zero, idle: .zero, at: now)
      driver.settle()
      for follower in followers { follower.leaderConnected(result, connection, at: now) }
    case .failed, .handshakeFailed:
      if endpoint.pool.closed(id) { endpoint.permits.connections.release() }
      fail(result, at: now)
      for follower in followers where follower.isFollowing {
        follower.state = .ended
        follower.fail(result, at: now)
      }
    }
  }

  private func fail(_ result: Connector.Result, at now: Instant) {
    record(result)
    switch result.outcome {
    case .connected: return
    case .failed(let cause, let systemError): driver.leaseFailed(cause, systemError: systemError, at: now)
    case .handshakeFailed(let failure):
      driver.keep(failure)
      driver.leaseFailed(failure.cause, systemError: failure.systemError, at: now)
    }
    driver.settle()
  }

  private func record(_ result: Connector.Result) {
    driver.recordConnect { attempt in
      attempt.address = result.address
      attempt.resolve = result.resolveTime
      attempt.connect = result.connectTime
      attempt.tls = result.tlsTime
      attempt.responseCode = result.responseCode
      attempt.phase = result.phase
    }
  }

  // MARK: Following

  private var isFollowing: Bool {
    if case .following = state { true } else { false }
  }

  /// Another attempt waits for the same connection.
  func follow(with driver: ExchangeDriver, at now: Instant) {
    let follower = PendingLease(worker: worker, endpoint: endpoint, upstream: upstream, id: id, driver: driver)
    driver.pendingLease = follower
    follower.state = .following(self)
    followers.append(follower)
    if case .waiting = state { driver.handle(.leaseQueued, at: now) } else { driver.handle(.connecting, at: now) }
  }

  /// Joins where there is room; else a connection of its own is made.
  private func leaderConnected(_ result: Connector.Result, _ connection: any UpstreamConnection, at now: Instant) {
    guard isFollowing else { return }
    state = .ended
    if let shared = connection as? HTTP2UpstreamConnection, shared.hasRoom {
      record(result)
      driver.leased(
        shared.join(driver), LeaseFacts(uses: 0, mayBeRefused: true), age: .zero, idle: .zero, at: now)
      driver.settle()
      return
    }
    driver.pendingLease = nil
    worker.lease(endpoint, of: upstream, for: driver, at: now)
    driver.settle()
  }

  /// The one that was followed is given up; its connection is not.
  private func succeed(_ leader: PendingLease, connecting connector: Connector, _ others: [PendingLease]) {
    id = leader.id
    state = .connecting(connector)
    connector.report { [self] result in connectorEnded(result) }
    adopt(others)
  }

  private func adopt(_ others: [PendingLease]) {
    followers = others
    for other in others { other.state = .following(self) }
    endpoint.dialing = self
  }

  // MARK: Ends

  /// A connection of this endpoint has come free before the permit did.
  func takeOver(_ stream: any UpstreamStream, _ facts: LeaseFacts, age: TimeSpan, at now: Instant) {
    guard case .waiting(let ticket) = state else { return }
    state = .ended
    upstream.tally.counts.addConnectionWait(now - askedAt)
    worker.stopWaiting(for: ticket, of: endpoint.permits.connections)
    _ = endpoint.pool.closed(id)
    driver.leased(stream, facts, age: age, idle: .zero, at: now)
    driver.settle()
    leaveToFollowers(at: now)
  }

  /// The attempt is over before it had a connection.
  func cancel() {
    let ended = state
    state = .ended
    switch ended {
    case .waiting(let ticket):
      let now = Clock.now()
      endpoint.waiters.removeAll { $0 === self }
      upstream.tally.counts.addConnectionWait(now - askedAt)
      worker.stopWaiting(for: ticket, of: endpoint.permits.connections)
      _ = endpoint.pool.closed(id)
      leaveToFollowers(at: now)
    case .connecting(let connector):
      if let next = followers.first(where: \.isFollowing) {
        return next.succeed(self, connecting: connector, followers.filter { $0 !== next && $0.isFollowing })
      }
      connector.cancel()
      if endpoint.dialing === self { endpoint.dialing = nil }
      if endpoint.pool.closed(id) { endpoint.permits.connections.release() }
    case .following(let leader):
      leader.followers.removeAll { $0 === self }
    case .ended:
      break
    }
  }

  /// Each asks again, as if it had just come; the first of them leads the others.
  private func leaveToFollowers(at now: Instant) {
    if endpoint.dialing === self { endpoint.dialing = nil }
    let left = followers
    followers = []
    for follower in left where follower.isFollowing {
      follower.state = .ended
      follower.driver.pendingLease = nil
      worker.lease(endpoint, of: upstream, for: follower.driver, at: now)
      follower.driver.settle()
    }
  }
}
