internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore

/// An attempt that waits for its connection: for a permit, or for the connection to be made.
final class PendingLease {
  enum State {
    case waiting(PermitGate.Ticket)
    case connecting(Connector)
    case ended
  }

  let worker: Worker
  let endpoint: EndpointState
  let upstream: UpstreamState
  let id: EndpointPool.ConnectionID
  let driver: ExchangeDriver
  private var state = State.ended

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

  /// Takes a connection permit, then connects.
  func start(at now: Instant) {
    let gate = endpoint.permits.connections
    switch gate.acquire(worker.grant(.connection, of: gate)) {
    case .granted:
      connect(at: now)
    case .queued(let ticket):
      state = .waiting(ticket)
      worker.wait(for: ticket, of: gate, driver: driver)
      endpoint.waiters.append(self)
      worker.services.askForIdle(of: upstream.configuration.name)
      driver.handle(.leaseQueued, at: now)
    case .refused:
      _ = endpoint.pool.closed(id)
      driver.leaseFailed(.poolQueueFull, at: now)
    }
  }

  func permitGranted(at now: Instant) {
    endpoint.waiters.removeAll { $0 === self }
    connect(at: now)
  }

  private func connect(at now: Instant) {
    driver.handle(.connecting, at: now)
    let connector = Connector(worker: worker, endpoint: endpoint)
    state = .connecting(connector)
    connector.start(at: now) { [self] result in connectorEnded(result) }
  }

  private func connectorEnded(_ result: Connector.Result) {
    guard case .connecting = state else { return }
    state = .ended
    let now = Clock.now()
    driver.recordConnect { attempt in
      attempt.address = result.address
      attempt.resolve = result.resolveTime
      attempt.connect = result.connectTime
      attempt.responseCode = result.responseCode
      attempt.phase = result.cause == nil ? .wait : .connect
    }
    switch result.outcome {
    case .connected(let connection):
      endpoint.pool.connected(id, at: now)
      endpoint.keep(connection, as: id)
      // The name may have lost the address while it was being connected to.
      if !worker.hasAddress(endpoint, connection.address) { connection.becomeObsolete() }
      connection.begin(as: id, for: driver)
      driver.leased(connection, LeaseFacts(uses: 0), age: .zero, idle: .zero, at: now)
      driver.settle()
    case .failed(let cause, let systemError):
      if endpoint.pool.closed(id) { endpoint.permits.connections.release() }
      driver.leaseFailed(cause, systemError: systemError, at: now)
      driver.settle()
    }
  }

  /// A connection of this endpoint has come free before the permit did.
  func takeOver(_ connection: HTTP1UpstreamConnection, _ facts: LeaseFacts, age: TimeSpan, at now: Instant) {
    guard case .waiting(let ticket) = state else { return }
    state = .ended
    worker.stopWaiting(for: ticket, of: endpoint.permits.connections)
    _ = endpoint.pool.closed(id)
    driver.leased(connection, facts, age: age, idle: .zero, at: now)
    driver.settle()
  }

  /// The attempt is over before it had a connection.
  func cancel() {
    let ended = state
    state = .ended
    switch ended {
    case .waiting(let ticket):
      endpoint.waiters.removeAll { $0 === self }
      worker.stopWaiting(for: ticket, of: endpoint.permits.connections)
      _ = endpoint.pool.closed(id)
    case .connecting(let connector):
      connector.cancel()
      if endpoint.pool.closed(id) { endpoint.permits.connections.release() }
    case .ended:
      break
    }
  }
}
