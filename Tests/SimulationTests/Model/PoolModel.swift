internal import SluiceCore

/// `EndpointPool` under random operations, with identifiers of all ages, beside a plain list of what each connection
/// is.
struct PoolModel {
  private enum State: Equatable {
    case connecting
    case leased(uses: UInt32)
    case idle(uses: UInt32)
  }

  private var pool = EndpointPool(idleLimit: .seconds(4))
  private var states: [EndpointPool.ConnectionID: State] = [:]
  /// Oldest first.
  private var idle: [EndpointPool.ConnectionID] = []
  /// Every identifier there ever was.
  private var known: [EndpointPool.ConnectionID] = []
  private var random: SplitMix64
  private var now = Instant(nanoseconds: 1_000_000_000)
  private let log = Log()

  var violations: [String] { log.texts }

  /// Beside the model, so that a text is made only where it is needed.
  private final class Log {
    var texts: [String] = []
  }

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func step() {
    now = now + .milliseconds(Int64(random.next() % 20))
    switch random.next() % 6 {
    case 0, 1: lease()
    case 2: connect(draw())
    case 3, 4: release(draw())
    default: close(draw())
    }
    checkCounts()
  }

  private func require(_ condition: Bool, _ text: @autoclosure () -> String) {
    if !condition { log.texts.append(text()) }
  }

  /// Mostly one that lives.
  private mutating func draw() -> EndpointPool.ConnectionID {
    let choices = random.next() % 4 == 0 ? known : known.filter { states[$0] != nil }
    guard !choices.isEmpty else { return EndpointPool.ConnectionID(slot: 7, generation: 7) }
    return choices[Int(random.next() % UInt64(choices.count))]
  }

  private mutating func lease() {
    let rule = LeaseRule.allCases[Int(random.next() % 3)]
    switch pool.lease(at: now, rule: rule) {
    case .reuse(let id, let uses, _, _):
      require(rule != .fresh, "a pooled connection where a fresh one was asked for")
      require(idle.last == id, "not the youngest")
      require(states[id] == .idle(uses: uses), "\(id) was \(String(describing: states[id]))")
      states[id] = .leased(uses: uses)
      if !idle.isEmpty { idle.removeLast() }
    case .connect(let id):
      require(rule != .any || idle.isEmpty, "a new connection although one is idle")
      require(!known.contains(id), "\(id) was given out before")
      states[id] = .connecting
      known.append(id)
    }
  }

  private mutating func connect(_ id: EndpointPool.ConnectionID) {
    pool.connected(id, at: now)
    if states[id] == .connecting { states[id] = .leased(uses: 0) }
  }

  private mutating func release(_ id: EndpointPool.ConnectionID) {
    let keepAlive: TimeSpan? = random.next() % 5 == 0 ? .seconds(1) : nil
    let release = pool.release(id, keepAlive: keepAlive, at: now)
    guard case .leased(let uses) = states[id], keepAlive == nil else {
      return require(release == .close, "\(id) was kept although it was \(String(describing: states[id]))")
    }
    require(release == .keep(until: now + .seconds(4)), "\(id) was not kept")
    states[id] = .idle(uses: uses + 1)
    idle.append(id)
  }

  private mutating func close(_ id: EndpointPool.ConnectionID) {
    let wasKnown = states.removeValue(forKey: id) != nil
    let closed = pool.closed(id)
    require(closed == wasKnown, "closed said \(closed) of one that lived: \(wasKnown)")
    idle.removeAll { $0 == id }
  }

  private func checkCounts() {
    let leased = states.values.count { if case .leased = $0 { true } else { false } }
    let connecting = states.values.count { $0 == .connecting }
    require(pool.leasedCount == leased, "\(pool.leasedCount) leased, not \(leased)")
    require(pool.connectingCount == connecting, "\(pool.connectingCount) connecting, not \(connecting)")
    require(pool.idleConnections == idle, "idle \(pool.idleConnections), not \(idle)")
    require(pool.count == states.count, "\(pool.count) in all, not \(states.count)")
    require(pool.oldestIdle == idle.first, "not the oldest")
    for id in known {
      let isIdle = if case .idle = states[id] { true } else { false }
      if pool.isIdle(id) != isIdle { log.texts.append("isIdle of \(id)") }
    }
  }
}
