internal import SluiceCore

/// A whole gateway without sockets: clients, workers with their pools, balancers and wheels, permits for all of them,
/// origins, and one clock. Everything is drawn from one seed, so that a run can be replayed.
final class World {
  let scheduler = Scheduler()
  let options: WorldOptions
  let faults: FaultPlan?
  private var random: SplitMix64
  private(set) var workers: [SimulatedWorker] = []
  private(set) var hosts: [SimulatedHost] = []
  private(set) var violations: [String] = []
  /// Lines for a person; empty unless asked for.
  private(set) var trace: [String] = []
  private let keepsTrace: Bool
  private(set) lazy var requestGate = SimulatedGate(
    world: self, capacity: options.requestPermits, limit: options.queueLimit)
  private(set) lazy var connectionGate = SimulatedGate(
    world: self, capacity: options.connectionPermits, limit: options.queueLimit)
  private(set) var policy = ExchangePolicy()
  private(set) lazy var health = SimulatedHealth(world: self)
  var budget = RetryBudget()
  /// Tokens that the budget has given out.
  var costlyReplays = 0
  var requests = 0
  var records = 0
  /// How exchanges ended, for the test that the simulation reaches what it is for.
  var endings: [String: Int] = [:]
  private var clients: [SimulatedClient] = []
  private var connectionsMade = 0

  /// Bytes that may wait for a peer before the other side is paused, and the level at which it goes on.
  static let highWater = 64 << 10
  static let lowWater = 32 << 10
  /// The most that one read brings.
  static let readMax = 16 << 10
  /// The kernel's buffer of a connection to an origin: a FIN brings all of it at once, paused or not.
  static let receiveBuffer = 256 << 10
  /// A bound on a run that would never become quiet.
  static let stepsMax = 200_000

  var now: Instant { scheduler.now }

  init(seed: UInt64, options: WorldOptions, faults: FaultPlan? = nil, keepsTrace: Bool = false) {
    random = SplitMix64(seed: seed)
    self.options = options
    self.faults = faults
    self.keepsTrace = keepsTrace
    policy.attempts = options.attempts
    policy.timeouts.streamIdle = .seconds(100)
    policy.requestBodyLimit = 300_000
    hosts = (0..<options.endpoints).map { SimulatedHost(world: self, index: $0) }
    workers = (0..<options.workers).map { SimulatedWorker(world: self, number: $0) }
    clients = (0..<options.clientCount).map { number in
      SimulatedClient(world: self, worker: workers[number % workers.count], number: number)
    }
  }

  // MARK: Chance

  func draw() -> UInt64 { random.next() }
  func between(_ low: Int, _ high: Int) -> Int { low + Int(random.next() % UInt64(max(1, high - low))) }
  func chance(_ times: UInt64) -> Bool { random.next() % times == 0 }
  func milliseconds(_ low: Int, _ high: Int) -> TimeSpan { .microseconds(Int64(between(low * 1000, high * 1000 + 1))) }

  /// Whether a behaviour happens this time.
  func happens(_ behaviour: OriginBehaviour) -> Bool {
    options.origins.contains(behaviour) && chance(options.rarity * UInt64(max(1, options.origins.count / 3)))
  }

  func happens(_ behaviour: ClientBehaviour) -> Bool {
    options.clients.contains(behaviour) && chance(options.rarity * behaviour.rarity)
  }

  func nextConnection() -> Int {
    connectionsMade += 1
    return connectionsMade
  }

  // MARK: Told

  func fail(_ text: String) {
    violations.append(text)
    note("VIOLATION: \(text)")
  }

  func note(_ text: @autoclosure () -> String) {
    guard keepsTrace else { return }
    var line = text()
    for noise in ["SluiceCore.", "SluiceWire.", "ExchangeEffect.", "BodyFraming.", "HTTPVersion.", "Method.", "Cause."]
    {
      line = line.replacing(noise, with: "")
    }
    trace.append("\((now - Instant(nanoseconds: 10_000_000_000)).inMicroseconds) µs  \(line)")
  }

  // MARK: Run

  /// Runs until nothing is left to happen, and looks at what is left then.
  func run() {
    health.start()
    for host in hosts { host.start() }
    for client in clients { client.start() }
    var steps = 0
    while violations.isEmpty, steps < Self.stepsMax, step() { steps += 1 }
    if steps == Self.stepsMax { fail("not quiet after \(steps) steps") }
    if violations.isEmpty { checkQuiet() }
    // The objects of a run point at each other.
    for worker in workers { worker.tearDown() }
    hosts.removeAll()
    clients.removeAll()
  }

  /// No client wants anything any longer.
  var isOver: Bool { clients.allSatisfy(\.isDone) }

  private func step() -> Bool {
    let timer = workers.map(\.wheel.next).min() ?? .never
    if timer == .never, scheduler.next == .never { return false }
    if timer < scheduler.next {
      scheduler.move(to: timer)
      for worker in workers where worker.wheel.next <= now { worker.wake() }
    } else {
      scheduler.runNext()
    }
    for worker in workers { worker.checkDeadlines() }
    return true
  }

  private func checkQuiet() {
    if requests != records { fail("\(requests) requests, \(records) records") }
    if requestGate.word != .empty { fail("request permits are left: \(requestGate.word)") }
    if connectionGate.word != .empty { fail("connection permits are left: \(connectionGate.word)") }
    for client in clients where !client.isDone { fail("client \(client.number) hangs") }
    for worker in workers {
      if !worker.active.isEmpty { fail("worker \(worker.number) has exchanges left") }
      if worker.wheel.count != 0 { fail("worker \(worker.number) has \(worker.wheel.count) timers left") }
      if !worker.waiting.isEmpty { fail("worker \(worker.number) has waiters left") }
      for endpoint in worker.endpoints {
        if endpoint.pool.count != 0 { fail("endpoint \(endpoint.index) has \(endpoint.pool.count) connections left") }
        if worker.balancer.inProgress(endpoint.index) != 0 { fail("endpoint \(endpoint.index) is said to be at work") }
      }
    }
  }
}
