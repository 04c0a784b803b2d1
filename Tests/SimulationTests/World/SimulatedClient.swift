internal import SluiceCore
internal import SluiceWire

/// A client: one request after the other, on one connection as long as it lives.
final class SimulatedClient: SimulatedTimerOwner {
  private enum Upload {
    case bytes(Int)
    case end, malformed, stall
  }

  private unowned let world: World
  private unowned let worker: SimulatedWorker
  let number: Int
  private var requestsLeft: Int
  private var entry: TimerWheel.Entry?
  private var exchange: SimulatedExchange?
  private(set) var isDone = false
  private var turn = 0

  private var upload: [Upload] = []
  private var wantsBody = false
  private var isReadingPaused = false
  private var isPumping = false
  private var uploadPause = TimeSpan.zero
  private(set) var hasSentAll = true

  /// Bytes that wait to be taken.
  private(set) var pending = 0
  private var isFull = false
  private var isTaking = false
  private var stopsReading = false
  private var isSlow = false
  private var finalHeads = 0
  private var isTunnel = false

  init(world: World, worker: SimulatedWorker, number: Int) {
    self.world = world
    self.worker = worker
    self.number = number
    requestsLeft = world.options.requestsPerClient
  }

  func start() { world.scheduler.after(world.milliseconds(0, 5)) { [self] in request() } }

  // MARK: Requests

  private func request() {
    guard requestsLeft > 0 else {
      isDone = true
      return closeConnection()
    }
    // A client that has not taken the last response gets no next one: the shell does not read its request.
    guard !isFull else { return world.scheduler.after(.milliseconds(50)) { [self] in takeRest() } }
    requestsLeft -= 1
    world.requests += 1
    turn += 1
    if entry == nil { entry = worker.addTimer(self) }
    let exchange = SimulatedExchange(client: self, worker: worker, name: "client \(number) request \(turn)")
    self.exchange = exchange
    finalHeads = 0
    isTunnel = false
    stopsReading = world.happens(.stallReading)
    isSlow = world.happens(.slowReader)
    isReadingPaused = false
    wantsBody = false
    if world.happens(.malformHead) { return exchange.handle(.requestRefused(.requestFieldInvalid)) }
    if world.happens(.leaveInHead) { return exchange.handle(.headAbandoned) }
    planLeaving()
    exchange.handle(.requestArrived(facts()))
  }

  private func takeRest() {
    pending = 0
    isFull = false
    request()
  }

  private func facts() -> RequestFacts {
    var facts = RequestFacts(method: .get)
    if world.happens(.oldVersion) { facts.version = .http10 }
    if world.happens(.askForClose) { facts.keepsAlive = false }
    facts.wantsUpgrade = world.happens(.wantUpgrade)
    upload = []
    if !facts.wantsUpgrade, world.happens(.upload) {
      facts.method = world.chance(2) ? .post : .put
      facts.framing = planUpload(isChunked: facts.version != .http10 && world.chance(2))
    }
    hasSentAll = upload.isEmpty
    return facts
  }

  private func planUpload(isChunked: Bool) -> BodyFraming {
    let size = world.happens(.tooLargeUpload) ? 400_000 : world.between(1, 150_000)
    uploadPause = world.happens(.slowUpload) ? .seconds(5) : .microseconds(300)
    var rest = size
    while rest > 0 {
      let count = min(rest, world.between(1, World.readMax))
      upload.append(.bytes(count))
      rest -= count
    }
    upload.append(.end)
    let cut = world.between(0, upload.count)
    if world.happens(.stallUpload) {
      upload = upload.prefix(cut) + [.stall]
    } else if isChunked, world.happens(.malformUpload) {
      upload = upload.prefix(cut) + [.malformed]
    }
    return isChunked ? .chunked : .length(UInt64(size))
  }

  private func planLeaving() {
    let turn = turn
    let time: TimeSpan
    if world.happens(.leave) {
      time = world.milliseconds(0, 10)
    } else if world.happens(.leaveLate) {
      time = world.milliseconds(10, 3000)
    } else {
      return
    }
    world.scheduler.after(time) { [self] in
      guard self.turn == turn, let exchange else { return }
      if isTunnel, world.options.clients.contains(.halfClose) { return }
      exchange.report(.clientGone)
    }
  }

  func route() -> ExchangeEvent {
    if world.happens(.noRoute) { return .routingFailed(.routeNotFound) }
    return world.happens(.fixedAnswer) ? .routedToAnswer : .routed(world.policy)
  }

  // MARK: Request body

  func startBody() {
    wantsBody = true
    pump()
  }

  func holdBody() { wantsBody = false }

  func setReadingPaused(_ isPaused: Bool) {
    isReadingPaused = isPaused
    pump()
  }

  private func pump() {
    guard wantsBody, !isReadingPaused, !isPumping, !upload.isEmpty else { return }
    isPumping = true
    let turn = turn
    world.scheduler.after(uploadPause) { [self] in
      isPumping = false
      guard self.turn == turn, let exchange else { return }
      guard wantsBody, !isReadingPaused, !upload.isEmpty else { return }
      switch upload.removeFirst() {
      case .bytes(let count): exchange.handle(.requestBodyArrived(count: count), bytes: count)
      case .end:
        hasSentAll = true
        exchange.handle(.requestEnded)
      case .malformed: exchange.handle(.requestBodyRefused(.requestChunkInvalid))
      case .stall: return
      }
      pump()
    }
  }

  // MARK: Response

  func receiveHead(from exchange: SimulatedExchange) {
    finalHeads += 1
    if finalHeads > 1 { world.fail("\(exchange.name): \(finalHeads) final heads") }
    receive(300, from: exchange)
  }

  func receive(_ count: Int, from exchange: SimulatedExchange) {
    guard self.exchange === exchange else { return world.fail("\(exchange.name): bytes behind the end") }
    pending += count
    if pending > World.highWater, !isFull {
      isFull = true
      exchange.report(.clientFull)
    }
    // Each side may bring one more read before the pause takes hold.
    let burst = exchange.connection?.isOriginGone == true ? World.receiveBuffer : 2 * World.readMax
    if pending > World.highWater + burst { world.fail("\(exchange.name): \(pending) bytes wait for the client") }
    take()
  }

  private func take() {
    guard pending > 0, !stopsReading, !isTaking else { return }
    isTaking = true
    let turn = turn
    world.scheduler.after(isSlow ? .milliseconds(20) : .microseconds(500)) { [self] in
      isTaking = false
      if self.turn == turn { pending -= min(pending, isSlow ? 8 << 10 : 64 << 10) }
      if pending <= World.lowWater, isFull {
        isFull = false
        exchange?.report(.clientReady)
      }
      take()
    }
  }

  // MARK: Tunnel

  func startTunnel(from exchange: SimulatedExchange) {
    finalHeads += 1
    isTunnel = true
    receive(200, from: exchange)
    sendTunnelBytes(left: world.between(0, 6))
  }

  private func sendTunnelBytes(left: Int) {
    let turn = turn
    world.scheduler.after(world.milliseconds(0, 40)) { [self] in
      guard self.turn == turn, let exchange else { return }
      if isReadingPaused { return sendTunnelBytes(left: left) }
      if left > 0 {
        let count = world.between(1, World.readMax)
        exchange.handle(.tunnelBytesArrived(from: .downstream), bytes: count)
        return sendTunnelBytes(left: left - 1)
      }
      if world.options.clients.contains(.halfClose) {
        exchange.handle(.tunnelHalfEnded(.downstream))
      } else if world.chance(2) {
        exchange.handle(.clientGone)
      }
    }
  }

  /// The upstream's FIN; the client answers with its own some time.
  func tunnelSideEnded() {}

  // MARK: Ends

  func ended(reuse: Bool, from exchange: SimulatedExchange) {
    guard self.exchange === exchange else { return world.fail("\(exchange.name): ended twice") }
    self.exchange = nil
    if !reuse { closeConnection() }
    next()
  }

  func aborted(from exchange: SimulatedExchange) {
    guard self.exchange === exchange else { return world.fail("\(exchange.name): aborted after its end") }
    self.exchange = nil
    closeConnection()
    next()
  }

  private func next() {
    let pause = world.happens(.think) ? world.milliseconds(0, 400) : world.milliseconds(0, 30)
    world.scheduler.after(pause) { [self] in request() }
  }

  private func closeConnection() {
    pending = 0
    isFull = false
    guard let entry else { return }
    self.entry = nil
    worker.removeTimer(entry)
  }

  // MARK: Time

  func settle(for exchange: SimulatedExchange) {
    guard self.exchange === exchange, let entry else { return }
    _ = worker.wheel.schedule(entry, by: exchange.exchange.deadlines.earliest)
  }

  func timerCame(at now: Instant) -> Instant {
    guard let exchange else { return .never }
    if exchange.exchange.deadlines.earliest <= now { exchange.deadlineCame() }
    return self.exchange?.exchange.deadlines.earliest ?? .never
  }
}
