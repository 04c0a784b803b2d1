internal import SluiceCore

/// One worker's connections to one endpoint.
final class SimulatedEndpoint {
  unowned let worker: SimulatedWorker
  let index: Int
  var host: SimulatedHost { worker.world.hosts[index] }
  var pool = EndpointPool(idleLimit: .seconds(4))
  var connections: [EndpointPool.ConnectionID: SimulatedConnection] = [:]
  /// Exchanges that wait for a connection, longest first.
  var waiters: [SimulatedLease] = []

  init(worker: SimulatedWorker, index: Int) {
    self.worker = worker
    self.index = index
  }

  func forget(_ id: EndpointPool.ConnectionID, isClosedByPeer: Bool = false) {
    let wasKnown = isClosedByPeer ? pool.closedByPeer(id, at: worker.world.now) : pool.closed(id)
    guard wasKnown else { return }
    connections[id] = nil
    worker.world.connectionGate.release()
  }
}

/// An attempt that waits for a connection permit or for the connection to be made.
final class SimulatedLease {
  private enum State {
    case waiting(Int)
    case connecting
    case ended
  }

  private let endpoint: SimulatedEndpoint
  private let id: EndpointPool.ConnectionID
  private unowned let exchange: SimulatedExchange
  private var state = State.ended
  private var world: World { endpoint.worker.world }
  var leaseRule: LeaseRule { exchange.exchange.leaseRule }

  init(endpoint: SimulatedEndpoint, id: EndpointPool.ConnectionID, exchange: SimulatedExchange) {
    self.endpoint = endpoint
    self.id = id
    self.exchange = exchange
  }

  func start() {
    let worker = endpoint.worker
    let gate = world.connectionGate
    switch gate.acquire({ worker.granted(gate, $0) }) {
    case .granted:
      connect()
    case .queued(let ticket):
      state = .waiting(ticket)
      endpoint.waiters.append(self)
      worker.wait(gate, ticket) { [self] in
        endpoint.waiters.removeAll { $0 === self }
        connect()
      }
      for worker in world.workers { world.scheduler.after(.microseconds(50)) { worker.closeOneIdle() } }
      exchange.handle(.leaseQueued)
    case .refused:
      _ = endpoint.pool.closed(id)
      exchange.lease = nil
      exchange.handle(.leaseFailed(.poolQueueFull))
    }
  }

  private func connect() {
    state = .connecting
    exchange.handle(.connecting)
    guard case .connecting = state else { return }
    if endpoint.host.state == .gone || world.happens(.refuse) {
      // Some refusals come at once, inside the effect that asked.
      return world.chance(2) ? failed(.connectRefused) : later(.milliseconds(1)) { $0.failed(.connectRefused) }
    }
    if world.happens(.dropConnects) { return later(world.policy.timeouts.connect) { $0.failed(.connectTimeout) } }
    let time = world.happens(.connectSlowly) ? world.milliseconds(100, 1900) : world.milliseconds(0, 3)
    later(time) { $0.connected() }
  }

  private func later(_ span: TimeSpan, _ body: @escaping (SimulatedLease) -> Void) {
    world.scheduler.after(span) { [self] in
      guard case .connecting = state else { return }
      body(self)
    }
  }

  private func failed(_ cause: Cause) {
    state = .ended
    exchange.lease = nil
    endpoint.forget(id)
    exchange.handle(.leaseFailed(cause))
  }

  private func connected() {
    guard endpoint.host.state != .gone else { return failed(.connectRefused) }
    state = .ended
    exchange.lease = nil
    endpoint.pool.connected(id, at: world.now)
    let connection = SimulatedConnection(endpoint: endpoint, id: id)
    endpoint.connections[id] = connection
    connection.begin(for: exchange)
    exchange.connection = connection
    exchange.handle(.leased(LeaseFacts(uses: 0)))
  }

  /// A connection of this endpoint has come free before the permit did.
  func takeOver(_ connection: SimulatedConnection, uses: UInt32) {
    guard case .waiting(let ticket) = state else { return world.fail("a take-over by one who does not wait") }
    state = .ended
    exchange.lease = nil
    endpoint.worker.stopWaiting(world.connectionGate, ticket)
    _ = endpoint.pool.closed(id)
    connection.begin(for: exchange)
    exchange.connection = connection
    exchange.handle(.leased(LeaseFacts(uses: uses)))
  }

  func cancel() {
    let ended = state
    state = .ended
    switch ended {
    case .waiting(let ticket):
      endpoint.waiters.removeAll { $0 === self }
      endpoint.worker.stopWaiting(world.connectionGate, ticket)
      _ = endpoint.pool.closed(id)
    case .connecting:
      endpoint.forget(id)
    case .ended:
      break
    }
  }
}
