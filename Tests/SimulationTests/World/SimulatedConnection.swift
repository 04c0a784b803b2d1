internal import SluiceCore
internal import SluiceWire

/// A connection to an origin, seen from the gateway: what waits for the origin, what has come from it.
final class SimulatedConnection: SimulatedTimerOwner {
  /// What comes from the origin.
  enum Signal {
    case informational, upgrade
    case head(ResponseFacts)
    case body(Int)
    case end
    case refused(Cause)
    case closed, reset, writeFailed
    case tunnelBytes(Int)
    case tunnelEnd
  }

  private let endpoint: SimulatedEndpoint
  let id: EndpointPool.ConnectionID
  /// In the order of their making, over all workers.
  let number: Int
  private var exchange: SimulatedExchange?
  private var isClosed = false
  /// FIN or RST has reached our kernel.
  private(set) var isOriginGone = false
  /// The origin has decided to close; its FIN is on the way.
  private(set) var isOriginClosing = false
  /// Messages carried; what an origin still wanted to say to an earlier one is dropped.
  private(set) var turn = 0
  private var script: OriginScript?
  /// The origin has read some of the request.
  private var isDelivered = false
  private var headSentAt = Instant.never
  /// From us to the origin.
  private static let travel = TimeSpan.microseconds(200)
  /// The origin closes because nothing came for so long.
  private var isKeepAliveOver = false

  /// Request bytes that wait for the origin.
  private(set) var pending = 0
  private var isFull = false
  private var isDraining = false
  var stopsReading = false
  private var isRequestFinished = false

  private var isPaused = false
  private var wasHeldBack = false
  private var held: [Signal] = []
  private var isMessageOpen = false
  private(set) var isResponseWhole = false
  private(set) var bodyDelivered = 0
  private var received = 0
  private var response: ResponseFacts?

  private var entry: TimerWheel.Entry?
  private var idleUntil = Instant.never

  var world: World { endpoint.worker.world }

  init(endpoint: SimulatedEndpoint, id: EndpointPool.ConnectionID) {
    self.endpoint = endpoint
    self.id = id
    number = endpoint.worker.world.nextConnection()
  }

  var host: SimulatedHost { endpoint.host }

  // MARK: Life

  func begin(for exchange: SimulatedExchange) {
    if self.exchange != nil { world.fail("\(exchange.name): a connection that another exchange has") }
    if isClosed { world.fail("\(exchange.name): a connection that is closed") }
    if isMessageOpen || pending > 0 { world.fail("\(exchange.name): a connection in the middle of a message") }
    self.exchange = exchange
    turn += 1
    idleUntil = .never
    stopsReading = false
    isRequestFinished = false
    isResponseWhole = false
    isPaused = false
    wasHeldBack = false
    bodyDelivered = 0
    received = 0
    response = nil
  }

  func release() {
    guard !isClosed else { return world.fail("a closed connection was released") }
    exchange = nil
    isPaused = false
    if !isResponseWhole { world.fail("a connection was released in the middle of a response") }
    // What is still in the write buffer would stand in front of the next request.
    guard pending == 0, !isOriginGone, held.isEmpty else { return close() }
    isMessageOpen = false
    let release = endpoint.pool.release(id, keepAlive: nil, wasHeldBack: wasHeldBack, at: world.now)
    guard case .keep(let until) = release else { return close() }
    let place = endpoint.waiters.firstIndex { endpoint.pool.mayReuse($0.leaseRule, at: world.now) }
    if let place, case .reuse(let same, let uses, _, _) = endpoint.pool.lease(at: world.now) {
      if same != id { world.fail("a waiter got another connection than the one that came free") }
      return endpoint.waiters.remove(at: place).takeOver(self, uses: uses)
    }
    if world.connectionGate.word.waiting > 0 { return close() }
    idleUntil = until
    let entry = entry ?? endpoint.worker.addTimer(self)
    self.entry = entry
    _ = endpoint.worker.wheel.schedule(entry, by: until)
    if world.happens(.closeIdle) { closeWhileIdle(after: world.milliseconds(0, 60)) }
  }

  /// The origin closes; a request that is sent before its FIN arrives is lost.
  private func closeWhileIdle(after span: TimeSpan) {
    let turn = turn
    world.scheduler.after(span) { [self] in
      guard !isClosed, self.turn == turn else { return }
      isOriginClosing = true
      world.scheduler.after(world.milliseconds(0, 30)) { [self] in deliver(.closed) }
    }
  }

  /// The origin has sent the last byte of a response: from now on it counts, whatever we have read of it.
  private func startKeepAlive() {
    guard let keepAlive = host.keepAlive else { return }
    let turn = turn
    world.scheduler.after(keepAlive) { [self] in
      // A request that is still on its way to the origin is lost as well.
      guard !isClosed, !isOriginClosing else { return }
      guard self.turn == turn || (self.turn == turn + 1 && isHeadOnItsWay) else { return }
      isOriginClosing = true
      isKeepAliveOver = true
      if self.turn != turn { checkLoss() }
      world.scheduler.after(world.milliseconds(0, Int(keepAlive.nanoseconds / 8_000_000))) { [self] in
        deliver(.closed)
      }
    }
  }

  /// Sent and not yet in the origin's kernel, or not sent yet.
  private var isHeadOnItsWay: Bool { !isMessageOpen || world.now < headSentAt + Self.travel }

  /// What must not be repeated must not meet an end that was to be expected.
  private func checkLoss() {
    guard isKeepAliveOver, host.isSteady, let exchange, world.faults == nil else { return }
    guard let method = exchange.checker.facts?.method, !method.isIdempotent else { return }
    world.fail("\(exchange.name): a \(method) was sent on a connection whose idle time is over")
  }

  /// The program has died: what is on its way to it is lost.
  func hostDied() {
    guard !isClosed, !isOriginClosing else { return }
    isOriginClosing = true
    world.scheduler.after(world.milliseconds(0, 2)) { [self] in deliver(world.chance(2) ? .reset : .closed) }
  }

  /// The program stops: an idle connection is closed, another lives until its exchange is over.
  func hostStopped() {
    guard exchange == nil, !isClosed, !isOriginClosing else { return }
    isOriginClosing = true
    world.scheduler.after(world.milliseconds(0, 2)) { [self] in deliver(.closed) }
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    exchange = nil
    script = nil
    held = []
    if let entry { endpoint.worker.removeTimer(entry) }
    entry = nil
    endpoint.forget(id)
  }

  func timerCame(at now: Instant) -> Instant {
    guard exchange == nil, idleUntil <= now else { return idleUntil }
    endpoint.pool.idleLimitReached(id, at: now)
    close()
    return .never
  }

  // MARK: To the origin

  func sendHead() {
    guard let exchange else { return world.fail("a head for nobody") }
    isMessageOpen = true
    isDelivered = false
    headSentAt = world.now
    isRequestFinished = !exchange.hasRequestBody
    script = OriginScript(connection: self, exchange: exchange)
    script?.headArrived()
    checkLoss()
    if turn > 1, host.keepAlive != nil, host.isSteady, exchange.checker.facts?.method.isIdempotent == false {
      world.endings["unrepeatable on a used connection", default: 0] += 1
    }
    send(500)
  }

  func send(_ count: Int) {
    guard !isClosed else { return world.fail("bytes to a closed connection") }
    pending += count
    if pending > World.highWater, !isFull {
      isFull = true
      exchange?.report(.upstreamFull)
    }
    if pending > World.highWater + 2 * World.readMax { world.fail("\(pending) bytes wait for the upstream") }
    script?.bytesArrived()
    drain()
  }

  func finishRequest() {
    isRequestFinished = true
    drain()
    if pending == 0 { script?.requestArrived() }
  }

  private func drain() {
    guard pending > 0, !stopsReading, !isDraining else { return }
    isDraining = true
    world.scheduler.after(Self.travel) { [self] in
      isDraining = false
      guard !isClosed, !stopsReading else { return }
      pending -= min(pending, 40_000)
      if !isDelivered, !isOriginClosing {
        isDelivered = true
        exchange?.delivered()
      }
      if pending <= World.lowWater, isFull {
        isFull = false
        exchange?.report(.upstreamReady)
      }
      if pending == 0, isRequestFinished { script?.requestArrived() }
      drain()
    }
  }

  /// The gateway's FIN in a tunnel: the origin answers with its own.
  func tunnelSideEnded() { script?.tunnelSideEnded() }

  /// A write of ours fails: told now, and the connection's end soon after.
  func writeFailed() {
    exchange?.report(.upstreamEnded(.writeFailed, bytes: UInt64(received)))
    world.scheduler.after(.milliseconds(1)) { [self] in deliver(.reset) }
  }

  // MARK: From the origin

  func setPaused(_ isPaused: Bool) {
    self.isPaused = isPaused
    if isPaused { wasHeldBack = true }
    guard !isPaused else { return }
    world.scheduler.after(.zero) { [self] in deliverHeld() }
  }

  private func deliverHeld() {
    while !isPaused, !isClosed, !held.isEmpty { deliverNow(held.removeFirst()) }
  }

  func deliver(_ signal: Signal) {
    guard !isClosed else { return }
    if case .end = signal { startKeepAlive() }
    switch signal {
    case .closed:
      // A FIN brings everything before it, paused or not (DECISIONS 18).
      isOriginGone = true
      while !isClosed, !held.isEmpty { deliverNow(held.removeFirst()) }
      deliverNow(signal)
    case .reset:
      isOriginGone = true
      held = []
      deliverNow(signal)
    default:
      if isPaused || !held.isEmpty { held.append(signal) } else { deliverNow(signal) }
    }
  }

  private func deliverNow(_ signal: Signal) {
    guard !isClosed else { return }
    // Nothing was asked: whatever comes, the connection is done.
    guard let exchange else {
      endpoint.forget(id, isClosedByPeer: true)
      return close()
    }
    switch signal {
    case .informational:
      received += 2000
      exchange.handle(.informationalArrived)
    case .upgrade:
      received += 200
      exchange.handle(.upgradeArrived)
    case .head(let facts):
      received += 300
      response = facts
      exchange.handle(.responseArrived(facts))
    case .body(let count):
      received += count
      bodyDelivered += count
      exchange.handle(.responseBodyArrived(count: count), bytes: count)
    case .end:
      isResponseWhole = true
      exchange.handle(.responseEnded)
    case .refused(let cause): exchange.handle(.responseRefused(cause))
    case .closed, .reset: originEnded(signal, exchange)
    case .writeFailed: exchange.handle(.upstreamEnded(.writeFailed, bytes: UInt64(received)))
    case .tunnelBytes(let count): exchange.handle(.tunnelBytesArrived(from: .upstream), bytes: count)
    case .tunnelEnd: exchange.handle(.tunnelHalfEnded(.upstream))
    }
  }

  private func originEnded(_ signal: Signal, _ exchange: SimulatedExchange) {
    if case .closed = signal {
      if response?.framing == .untilClose { isResponseWhole = true }
      exchange.handle(.upstreamEnded(.closed, bytes: UInt64(received)))
    } else {
      exchange.handle(.upstreamEnded(.reset, bytes: UInt64(received)))
    }
    close()
  }
}
