internal import SluiceCore

/// Who is looked at when a timer of a worker comes up.
protocol SimulatedTimerOwner: AnyObject {
  /// Acts where its deadline has passed, and gives the one that it has then.
  func timerCame(at now: Instant) -> Instant
}

/// One worker: wheel, balancer and the pools of its endpoints.
final class SimulatedWorker {
  unowned let world: World
  let number: Int
  var wheel: TimerWheel
  private var owners: [TimerWheel.Entry: any SimulatedTimerOwner] = [:]
  var balancer: Balancer
  /// This worker's copy of the endpoints' standings.
  var view: HealthView
  private(set) var endpoints: [SimulatedEndpoint] = []
  /// Exchanges under way.
  var active: [ObjectIdentifier: SimulatedExchange] = [:]
  /// Who waits for a permit, by gate and ticket.
  var waiting: [String: () -> Void] = [:]

  init(world: World, number: Int) {
    self.world = world
    self.number = number
    wheel = TimerWheel(at: world.now)
    view = world.health.board.view
    let policies: [BalancePolicy] = [.roundRobin, .leastRequest, .peakEWMA, .random, .consistentHash(.path)]
    balancer = Balancer(
      policy: policies[world.options.balance % policies.count],
      endpoints: (0..<world.options.endpoints).map { BalancedEndpoint(identity: UInt64($0) + 1) })
    endpoints = (0..<world.options.endpoints).map { SimulatedEndpoint(worker: self, index: $0) }
  }

  func tearDown() {
    owners.removeAll()
    active.removeAll()
    waiting.removeAll()
    endpoints.removeAll()
  }

  // MARK: Timers

  func addTimer(_ owner: any SimulatedTimerOwner) -> TimerWheel.Entry {
    let entry = wheel.add()
    owners[entry] = owner
    return entry
  }

  func removeTimer(_ entry: TimerWheel.Entry) {
    wheel.remove(entry)
    owners[entry] = nil
  }

  func wake() {
    var due: [TimerWheel.Entry] = []
    wheel.advance(to: world.now, into: &due)
    for entry in due {
      guard let owner = owners[entry] else { continue }
      let next = owner.timerCame(at: world.now)
      if owners[entry] === owner { _ = wheel.schedule(entry, by: next) }
    }
  }

  /// Liveness: a deadline that has passed is told within two ticks.
  func checkDeadlines() {
    for exchange in active.values where exchange.exchange.deadlines.earliest + .milliseconds(20) < world.now {
      world.fail("\(exchange.name): a deadline has passed unnoticed")
    }
  }

  // MARK: Permits

  func wait(_ gate: SimulatedGate, _ ticket: Int, _ body: @escaping () -> Void) {
    waiting["\(ObjectIdentifier(gate)) \(ticket)"] = body
  }

  func stopWaiting(_ gate: SimulatedGate, _ ticket: Int) {
    waiting["\(ObjectIdentifier(gate)) \(ticket)"] = nil
    gate.cancel(ticket)
  }

  /// A permit has reached this worker.
  func granted(_ gate: SimulatedGate, _ ticket: Int) {
    guard let body = waiting.removeValue(forKey: "\(ObjectIdentifier(gate)) \(ticket)") else {
      world.note("a permit finds nobody and goes back")
      return gate.release()
    }
    body()
  }

  // MARK: Connections

  func closeOneIdle() {
    for endpoint in endpoints {
      guard let id = endpoint.pool.oldestIdle, let connection = endpoint.connections[id] else { continue }
      return connection.close()
    }
  }

  func lease(_ endpoint: SimulatedEndpoint, for exchange: SimulatedExchange) {
    while true {
      switch endpoint.pool.lease(at: world.now, rule: exchange.exchange.leaseRule) {
      case .reuse(let id, let uses, _, _):
        guard let connection = endpoint.connections[id] else { return world.fail("a lease of \(id), which is gone") }
        // What the kernel would say: a connection whose FIN has come is not leased.
        if connection.isOriginGone {
          endpoint.forget(id, isClosedByPeer: true)
          connection.close()
          continue
        }
        connection.begin(for: exchange)
        exchange.connection = connection
        return exchange.handle(.leased(LeaseFacts(uses: uses)))
      case .connect(let id):
        let lease = SimulatedLease(endpoint: endpoint, id: id, exchange: exchange)
        exchange.lease = lease
        return lease.start()
      }
    }
  }
}
