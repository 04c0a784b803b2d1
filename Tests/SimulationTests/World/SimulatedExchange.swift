internal import SluiceCore
internal import SluiceWire

/// What the gateway's driver is: performs effects and decides nothing. Every step is shown to the checker.
final class SimulatedExchange {
  unowned let world: World
  private unowned let worker: SimulatedWorker
  private unowned let client: SimulatedClient
  let name: String
  private let number: UInt64
  private(set) var exchange = Exchange()
  private(set) var checker = ExchangeChecker()
  var connection: SimulatedConnection?
  var lease: SimulatedLease?
  private var ticket: Int?
  private var endpointIndex = 0
  private var tried = EndpointSet()
  private var access = PickAccess.usual
  private var attemptBegan = Instant.never
  private var depth = 0
  /// What the sockets say while effects are performed comes after them.
  private var reported: [ExchangeEvent] = []
  /// Bytes of the event that is being performed.
  private var hand = 0
  private var bodyForwarded = 0
  /// Bytes of the request's body that were sent, for a further attempt.
  private(set) var keptBody = 0
  /// Origins that have read some of it.
  var deliveries = 0
  private var clientPending = Int.max
  private var upstreamPending = Int.max

  init(client: SimulatedClient, worker: SimulatedWorker, name: String) {
    self.client = client
    self.worker = worker
    self.name = name
    number = UInt64(worker.world.requests)
    world = worker.world
    worker.active[ObjectIdentifier(self)] = self
  }

  var isTunnel: Bool { checker.isTunnel }
  var isUpgradeWanted: Bool { checker.facts?.wantsUpgrade == true }
  var hasRequestBody: Bool { checker.facts?.hasBody == true }

  // MARK: Events

  /// From a socket or timer; later where effects are being performed.
  func report(_ event: ExchangeEvent) {
    if depth > 0 { reported.append(event) } else { handle(event) }
  }

  func handle(_ event: ExchangeEvent, bytes: Int = 0) {
    hand = bytes
    let effects = exchange.handle(event, at: world.now)
    checker.check(event, effects, exchange)
    world.note("\(name) \(Self.text(event)) → \(effects.list)")
    for violation in checker.violations { world.fail("\(name): \(violation)") }
    guard checker.violations.isEmpty else { return }
    depth += 1
    for effect in effects.list {
      if world.faults?.strikes(effect) == true { performFailing(effect) } else { perform(effect) }
    }
    depth -= 1
    guard depth == 0 else { return }
    while !reported.isEmpty { handle(reported.removeFirst()) }
    client.settle(for: self)
  }

  private static func text(_ event: ExchangeEvent) -> String {
    if case .routed = event { return "routed" }
    return "\(event)"
  }

  func deadlineCame() {
    let client = client.pending
    let upstream = connection?.pending ?? 0
    handle(.deadlineCame(clientTookBytes: client < clientPending, upstreamTookBytes: upstream < upstreamPending))
    clientPending = client
    upstreamPending = upstream
  }

  // MARK: Effects

  private func perform(_ effect: ExchangeEffect) {
    switch effect {
    case .route: handle(client.route())
    case .admit: admit()
    case .leaveQueue:
      if let ticket { worker.stopWaiting(world.requestGate, ticket) }
      ticket = nil
    case .releasePermit: world.requestGate.release()
    case .pick: pick()
    case .askBudget:
      let isGranted = world.budget.withdraw(share: 0.2, at: world.now)
      if isGranted { world.costlyReplays += 1 }
      handle(isGranted ? .replayGranted : .replayRefused)
    case .lease:
      tried.insert(endpointIndex)
      worker.balancer.began(endpointIndex, at: world.now)
      attemptBegan = world.now
      worker.lease(worker.endpoints[endpointIndex], for: self)
    case .sendRequestHead: connection?.sendHead()
    case .startRequestBody: client.startBody()
    case .forwardRequestBody:
      keptBody += hand
      connection?.send(hand)
    case .replayRequestBody: connection?.send(keptBody)
    case .holdRequestBody: client.holdBody()
    case .finishRequest: connection?.finishRequest()
    case .pauseClient: client.setReadingPaused(true)
    case .resumeClient: client.setReadingPaused(false)
    case .forwardInformational: client.receive(2000, from: self)
    case .forwardResponseHead: client.receiveHead(from: self)
    case .forwardResponseBody:
      bodyForwarded += hand
      client.receive(hand, from: self)
    case .finishResponse:
      if connection?.isResponseWhole != true { world.fail("\(name): a cut response was presented as whole") }
      if connection?.bodyDelivered != bodyForwarded { world.fail("\(name): body bytes were lost") }
    case .pauseUpstream: connection?.setPaused(true)
    case .resumeUpstream: connection?.setPaused(false)
    case .startTunnel: client.startTunnel(from: self)
    case .forwardTunnelBytes(.downstream): connection?.send(hand)
    case .forwardTunnelBytes(.upstream): client.receive(hand, from: self)
    case .halfClose(.downstream): client.tunnelSideEnded()
    case .halfClose(.upstream): connection?.tunnelSideEnded()
    case .respond, .answer:
      client.receiveHead(from: self)
      client.ended(reuse: exchange.mayKeepClient(afterWholeRequest: client.hasSentAll), from: self)
    case .abort: client.aborted(from: self)
    case .endAttempt(let cause): endAttempt(cause)
    case .releaseUpstream:
      connection?.release()
      connection = nil
    case .closeUpstream:
      lease?.cancel()
      lease = nil
      connection?.close()
      connection = nil
    case .finishClient(let reuse): client.ended(reuse: reuse, from: self)
    case .record: record()
    }
  }

  private func admit() {
    let gate = world.requestGate
    switch gate.acquire({ [worker] in worker.granted(gate, $0) }) {
    case .granted:
      handle(.admitted)
    case .queued(let ticket):
      self.ticket = ticket
      worker.wait(gate, ticket) { [self] in
        self.ticket = nil
        handle(.admitted)
      }
      handle(.admissionQueued(.configured))
    case .refused:
      handle(.admissionRefused(.poolQueueFull))
    }
  }

  private func pick() {
    switch choose() {
    case .picked(let index, _, let access):
      if tried.contains(index) { world.fail("\(name): endpoint \(index) was picked twice") }
      if !access.isNews, !worker.view.states[index].standing.isAvailable {
        world.fail("\(name): endpoint \(index), which is out, was picked as if it were not")
      }
      endpointIndex = index
      self.access = access
      handle(.picked)
    case .none(.allTried):
      pickAgain()
    case .none(let miss):
      handle(.pickFailed(miss.cause))
    }
  }

  private func choose() -> EndpointPick {
    let context = PickContext(random: world.draw(), hash: world.draw(), tried: tried, at: world.now)
    if worker.view.isPlain {
      switch worker.balancer.pick(context) {
      case .picked(let index, let reason): return .picked(index, reason, .usual)
      case .none(let miss): return .none(miss)
      }
    }
    if worker.view.nextProbe <= world.now, mayProbe, let index = world.health.takeProbe(tried: tried, from: worker) {
      return .picked(index, .probe, .probe)
    }
    return worker.balancer.pick(context, within: worker.view)
  }

  /// It may be repeated elsewhere, and there is an attempt left to do so.
  private var mayProbe: Bool {
    guard let facts = checker.facts else { return false }
    return facts.method.isIdempotent && !facts.hasBody && !facts.wantsUpgrade
      && exchange.attempts + 1 < world.policy.attempts
  }

  /// Endpoints that are out.
  var endpointsOut: Int { worker.view.states.count { !$0.standing.isAvailable } }

  private func endAttempt(_ cause: Cause?) {
    worker.balancer.ended(endpointIndex, latency: .milliseconds(3), at: world.now)
    guard let cause else {
      return world.health.succeeded(endpointIndex, isNews: access.isNews, began: attemptBegan, from: worker)
    }
    if cause.ejectionWeight == .never, access == .probe { world.health.probeLost(endpointIndex, from: worker) }
    world.health.failed(
      endpointIndex, cause, exchange: number, began: attemptBegan, from: worker)
  }

  private func pickAgain() {
    guard let cause = exchange.cause, cause.endpointRepeat != .never else { return handle(.pickFailed(.allUnhealthy)) }
    tried = EndpointSet()
    guard case .picked(let index, _, let access) = choose() else { return handle(.pickFailed(.allUnhealthy)) }
    endpointIndex = index
    self.access = access
    guard cause.endpointRepeat == .afterPause else { return handle(.picked) }
    handle(.pickedAgain(after: Backoff.pause(afterAttempts: exchange.attempts, random: world.draw())))
  }

  private func record() {
    world.records += 1
    worker.active[ObjectIdentifier(self)] = nil
    var ending = exchange.cause.map { "\($0)" } ?? (exchange.isGenerated ? "answer" : isTunnel ? "tunnel" : "response")
    if exchange.isAborted { ending += " aborted" }
    world.endings[ending, default: 0] += 1
    if exchange.attempts > 1 { world.endings["replayed", default: 0] += 1 }
    checkFate()
  }

  // MARK: The n-th fault

  private func performFailing(_ effect: ExchangeEffect) {
    world.note("\(name) FAULT in \(effect)")
    if world.faults?.kind == .bug { return performBuggy(effect) }
    switch effect {
    case .route: handle(.routingFailed(.routeNotFound))
    case .admit: handle(.admissionRefused(.poolQueueFull))
    case .pick: handle(.pickFailed(.allUnhealthy))
    case .askBudget: handle(.replayRefused)
    case .lease:
      worker.balancer.began(endpointIndex, at: world.now)
      tried.insert(endpointIndex)
      handle(.leaseFailed(.connectRefused))
    case .startRequestBody:
      reported.append(.requestBodyRefused(.requestChunkInvalid))
    case .sendRequestHead, .forwardRequestBody, .replayRequestBody, .finishRequest, .pauseUpstream, .resumeUpstream,
      .forwardTunnelBytes(.downstream), .halfClose(.upstream):
      perform(effect)
      connection?.writeFailed()
    case .leaveQueue:
      // The permit is on its way already and will find nobody.
      if let ticket { worker.waiting["\(ObjectIdentifier(world.requestGate)) \(ticket)"] = nil }
      ticket = nil
    case .releaseUpstream:
      connection?.close()
      connection = nil
    case .closeUpstream:
      // A stream that was closed says nothing more to an exchange that goes on.
      perform(effect)
      if exchange.isFinished { reported.append(.upstreamEnded(.closed, bytes: 0)) }
    case .pauseClient, .resumeClient, .holdRequestBody, .forwardInformational, .forwardResponseHead,
      .forwardResponseBody,
      .finishResponse, .startTunnel, .forwardTunnelBytes(.upstream), .halfClose(.downstream), .respond, .answer,
      .abort, .finishClient, .releasePermit, .endAttempt, .record:
      perform(effect)
      reported.append(.clientGone)
    }
  }

  private func performBuggy(_ effect: ExchangeEffect) {
    switch effect {
    case .route, .admit, .pick, .askBudget:
      break
    case .lease:
      worker.balancer.began(endpointIndex, at: world.now)
    default:
      perform(effect)
    }
    reported.append(.bugFound)
  }
}
