internal import SluiceCore
internal import SluiceWire

/// An independent model of what one exchange may do. It watches events and the effects that answered them, and tells
/// every effect that breaks a promise of the gateway.
///
/// It knows nothing of the machine's stages: it keeps what a driver and its peers would have seen (permits, leases,
/// heads, bytes), so that a mistake in the machine's bookkeeping is not repeated here.
struct ExchangeChecker {
  var violations: [String] { log.texts }

  // What the driver may say next is read from these by `EventGenerator` and the simulation.
  private(set) var question: Question?
  private(set) var facts: RequestFacts?
  private(set) var policy = ExchangePolicy()
  private(set) var permit = Permit.none
  /// A connection was asked for and neither released nor closed since.
  private(set) var hasLease = false
  /// The attempt's connection exists.
  private(set) var isConnected = false
  /// The driver waits for a connection permit; else a connector with a deadline of its own is at work.
  private(set) var isLeaseQueued = false
  private(set) var hasAttempt = false
  private(set) var sentHead = false
  private(set) var wantsBody = false
  private(set) var requestEnded = false
  private(set) var finalHead: BodyFraming?
  private(set) var response: ResponseFacts?
  private(set) var finishedResponse = false
  private(set) var isTunnel = false
  private(set) var halfClosed: Set<Side> = []
  private(set) var endedSides: Set<Side> = []
  private(set) var isClientPaused = false
  private(set) var isUpstreamPaused = false
  private(set) var isRecorded = false

  var attemptsBegun = 0
  var attemptsEnded = 0
  /// The outer optional: whether an attempt has ended.
  var lastEnd: Cause??
  /// Whether the last attempt had a connection, so that its head may have been sent.
  var lastEndWasSent = false
  /// Bytes of the body that have arrived, and those that the present attempt was sent.
  private var bodyCount: UInt64 = 0
  private var sentBody: UInt64 = 0
  private(set) var isBodyLost = false
  /// An endpoint that failed is asked again after a pause.
  private(set) var isPausing = false
  /// An attempt has failed, and another may follow.
  var isReplaying: Bool { attemptsEnded > 0 }
  private var isRefused = false
  private var finishedRequest = false
  private var announcedKeepAlive = false
  var isClientFull = false
  var isUpstreamFull = false
  var endings: [Ending] = []
  var summary: Summary?
  private let log = Log()

  /// Shared by copies, so that a rule can be checked while its text is still being made.
  private final class Log {
    var texts: [String] = []
  }

  /// What the record is made from: it may not change once the record is written.
  struct Summary: Equatable {
    var cause: Cause?
    var notRetriedBecause: NotRetried?
    var phase: Phase
    var isAborted: Bool
    var isGenerated: Bool
    var attempts: Int

    init(_ exchange: Exchange) {
      cause = exchange.cause
      notRetriedBecause = exchange.notRetriedBecause
      phase = exchange.phase
      isAborted = exchange.isAborted
      isGenerated = exchange.isGenerated
      attempts = exchange.attempts
    }
  }

  /// - Parameter exchange: the machine after the event.
  mutating func check(_ event: ExchangeEvent, _ effects: ExchangeEffects, _ exchange: Exchange) {
    let list = effects.list
    if isRecorded {
      if !list.isEmpty { fail("\(event) after the record has effects \(list)") }
      if let summary, summary != Summary(exchange) { fail("\(event) after the record changed what it said") }
      checkEnd(exchange)
      return
    }
    note(event)
    for (position, effect) in list.enumerated() {
      if isRecorded { fail("\(effect) after the record") }
      check(effect, event, isLast: position == list.count - 1, exchange)
    }
    checkState(event, exchange)
  }

  func fail(_ text: String) { log.texts.append(text) }

  func require(_ condition: Bool, _ text: @autoclosure () -> String) {
    if !condition { fail(text()) }
  }

  // MARK: Events

  private mutating func note(_ event: ExchangeEvent) {
    switch event {
    case .requestArrived(let facts):
      self.facts = facts
      requestEnded = !facts.hasBody
    case .requestRefused, .headAbandoned:
      if facts == nil { facts = RequestFacts(method: .other, keepsAlive: false) }
    case .routed(let policy):
      self.policy = policy
      question = nil
    case .routedToAnswer, .routingFailed, .admissionRefused, .picked, .pickFailed, .replayGranted: question = nil
    case .replayRefused:
      question = nil
      isRefused = true
    case .pickedAgain:
      question = nil
      isPausing = true
    case .replayBodyLost: isBodyLost = true
    case .requestBodyArrived(let count):
      bodyCount += UInt64(count)
      if bodyCount > policy.replayBodyLimit { isBodyLost = true }
    case .admitted:
      question = nil
      permit = .held
    case .admissionQueued:
      question = nil
      permit = .queued
    case .leaseQueued:
      question = nil
      isLeaseQueued = true
    case .connecting:
      question = nil
      isLeaseQueued = false
    case .leased:
      question = nil
      isLeaseQueued = false
      isConnected = true
    case .leaseFailed:
      question = nil
      isLeaseQueued = false
    case .requestEnded: requestEnded = true
    case .responseArrived(let response): self.response = response
    case .clientFull: isClientFull = true
    case .clientReady: isClientFull = false
    case .upstreamFull: isUpstreamFull = isConnected
    case .upstreamReady: isUpstreamFull = false
    case .tunnelHalfEnded(let side): endedSides.insert(side)
    case .requestBodyRefused, .clientGone, .informationalArrived, .upgradeArrived,
      .responseBodyArrived, .responseEnded, .responseRefused, .upstreamEnded, .tunnelBytesArrived, .deadlineCame,
      .bugFound:
      break
    }
  }

  // MARK: Effects

  private mutating func check(
    _ effect: ExchangeEffect, _ event: ExchangeEvent, isLast: Bool, _ exchange: Exchange
  ) {
    switch effect {
    case .route, .admit, .pick, .lease, .askBudget:
      require(isLast, "\(effect) is not the last of its list")
      checkQuestion(effect, event)
    case .leaveQueue:
      require(permit == .queued, "leaveQueue while the permit is \(permit)")
      permit = .none
    case .releasePermit:
      require(permit == .held, "releasePermit while the permit is \(permit)")
      permit = .none
    case .sendRequestHead, .startRequestBody, .forwardRequestBody, .replayRequestBody, .finishRequest:
      checkRequestEffect(effect, event, exchange)
    case .holdRequestBody:
      require(wantsBody && !requestEnded, "holdRequestBody of a body that is not coming")
      require(!hasAttempt, "holdRequestBody in the middle of an attempt")
      wantsBody = false
    case .pauseClient:
      require(!isClientPaused, "pauseClient twice")
      isClientPaused = true
    case .resumeClient:
      require(isClientPaused, "resumeClient without a pause")
      isClientPaused = false
    case .pauseUpstream:
      require(!isUpstreamPaused, "pauseUpstream twice")
      require(isConnected, "pauseUpstream without a connection")
      isUpstreamPaused = true
    case .resumeUpstream:
      require(isUpstreamPaused, "resumeUpstream without a pause")
      isUpstreamPaused = false
    case .forwardInformational, .forwardResponseHead, .forwardResponseBody, .finishResponse:
      checkResponseEffect(effect, event, exchange)
    case .startTunnel, .forwardTunnelBytes, .halfClose:
      checkTunnelEffect(effect, event)
    case .respond, .answer, .abort, .finishClient:
      checkEnding(effect, exchange)
    case .endAttempt(let cause):
      checkEndOfAttempt(cause)
    case .releaseUpstream, .closeUpstream:
      checkReturn(effect)
    case .record:
      require(endings.count == 1, "a record after \(endings)")
      require(!hasAttempt, "a record while an attempt is under way")
      require(!hasLease, "a record while a connection is leased")
      require(permit != .held && permit != .queued, "a record while the permit is \(permit)")
      isRecorded = true
    }
  }

  private mutating func checkQuestion(_ effect: ExchangeEffect, _ event: ExchangeEvent) {
    require(question == nil, "\(effect) while \(String(describing: question)) is not answered")
    require(endings.isEmpty, "\(effect) after \(endings)")
    switch effect {
    case .route:
      require(permit == .none && attemptsBegun == 0, "route twice")
      question = .route
    case .admit:
      require(permit == .none, "admit while the permit is \(permit)")
      permit = .asked
      question = .admit
    case .pick:
      require(permit == .held, "pick while the permit is \(permit)")
      require(!hasAttempt && !hasLease, "pick in the middle of an attempt")
      checkReplay()
      question = .pick
    case .askBudget:
      require(!hasAttempt && !hasLease, "askBudget in the middle of an attempt")
      checkReplay()
      question = .askBudget
    default:
      if isPausing, case .deadlineCame = event {
        isPausing = false
      } else {
        require(event == .picked && !isPausing, "lease without pick")
      }
      require(!hasAttempt && !hasLease, "lease in the middle of an attempt")
      hasLease = true
      hasAttempt = true
      isConnected = false
      sentHead = false
      finishedRequest = false
      sentBody = 0
      if requestEnded { wantsBody = false }
      attemptsBegun += 1
      question = .lease
    }
  }

  private func checkReplay() {
    guard let ended = lastEnd else { return }
    guard let cause = ended else { return fail("another attempt after one that succeeded") }
    require(finalHead == nil && !isTunnel, "a replay after the head went out")
    require(!isRefused, "a replay that the budget refused")
    let mayRepeat = facts?.method.isIdempotent == true || policy.hasTrustedKey
    switch cause.replayClass {
    case .unsent: require(!lastEndWasSent, "a replay after the request was sent, as if it had not been")
    case .unprocessed: break
    case .reusedUnanswered, .possiblyProcessed:
      require(mayRepeat, "a replay after \(cause) of a request that must not be sent twice")
    case .never: fail("a replay after \(cause), which is RX")
    }
    if lastEndWasSent, bodyCount > 0 { require(!isBodyLost, "a replay without the body") }
    require(attemptsBegun < policy.attempts, "attempt \(attemptsBegun + 1) of \(policy.attempts)")
  }

  private mutating func checkRequestEffect(_ effect: ExchangeEffect, _ event: ExchangeEvent, _ exchange: Exchange) {
    require(isConnected && hasLease, "\(effect) without an upstream")
    require(endings.isEmpty, "\(effect) after \(endings)")
    switch effect {
    case .sendRequestHead:
      require(!sentHead, "sendRequestHead twice on one connection")
      sentHead = true
    case .startRequestBody:
      require(sentHead, "startRequestBody before the head")
      require(!wantsBody, "startRequestBody twice")
      require(facts?.hasBody == true, "startRequestBody without a body")
      wantsBody = true
    case .forwardRequestBody:
      require(!exchange.dropsRequest, "forwardRequestBody of a request that is dropped")
      require(sentHead && wantsBody, "forwardRequestBody before the head")
      require(!finishedRequest, "forwardRequestBody after finishRequest")
      if case .requestBodyArrived(let count) = event {
        sentBody += UInt64(count)
      } else {
        fail("forwardRequestBody for \(event)")
      }
      require(sentBody == bodyCount, "\(sentBody) bytes of a body of \(bodyCount) were sent")
    case .replayRequestBody:
      require(sentHead && !wantsBody && sentBody == 0, "replayRequestBody in the wrong place")
      require(attemptsBegun > 1 && bodyCount > 0 && !isBodyLost, "replayRequestBody of a body that is not kept")
      sentBody = bodyCount
    default:
      require(!finishedRequest, "finishRequest twice")
      require(requestEnded, "finishRequest before the request has ended")
      require(sentBody == bodyCount, "the request ended after \(sentBody) of \(bodyCount) bytes")
      finishedRequest = true
    }
  }

  private mutating func checkResponseEffect(_ effect: ExchangeEffect, _ event: ExchangeEvent, _ exchange: Exchange) {
    require(endings.isEmpty, "\(effect) after \(endings)")
    require(isConnected && hasLease, "\(effect) without an upstream")
    require(!isTunnel, "\(effect) in a tunnel")
    switch effect {
    case .forwardInformational:
      require(finalHead == nil, "an informational head after the final one")
      require(facts?.version != .http10, "1xx to HTTP/1.0")
    case .forwardResponseHead:
      require(finalHead == nil, "a second final head")
      guard let head = exchange.forwardedHead else { return fail("forwardResponseHead without a head") }
      checkFraming(head.framing, head.keepsAlive)
      finalHead = head.framing
      announcedKeepAlive = head.keepsAlive
    case .forwardResponseBody:
      require(finalHead != nil, "a body byte before the head")
      require(!finishedResponse, "a body byte after the end")
      if case .responseBodyArrived = event {} else { fail("forwardResponseBody for \(event)") }
    default:
      require(finalHead != nil, "the end of a response without a head")
      require(!finishedResponse, "finishResponse twice")
      switch event {
      case .responseEnded: break
      case .upstreamEnded(.closed, _) where response?.framing == .untilClose: break
      default: fail("finishResponse for \(event): the message was not complete")
      }
      finishedResponse = true
    }
  }

  private func checkFraming(_ framing: BodyFraming, _ keepsAlive: Bool) {
    guard let facts, let response else { return fail("a final head that never arrived") }
    switch response.framing {
    case .none, .length: require(framing == response.framing, "framing \(response.framing) became \(framing)")
    case .chunked, .untilClose:
      let expected = facts.version == .http10 ? BodyFraming.untilClose : .chunked
      require(framing == expected, "framing \(response.framing) became \(framing)")
    }
    guard keepsAlive else { return }
    require(facts.keepsAlive, "keep-alive to a client that asked for a close")
    require(framing != .untilClose, "keep-alive behind a body that ends with the connection")
    require(requestEnded, "keep-alive while the client is still sending")
  }

  private mutating func checkTunnelEffect(_ effect: ExchangeEffect, _ event: ExchangeEvent) {
    require(endings.isEmpty, "\(effect) after \(endings)")
    require(isConnected && hasLease, "\(effect) without an upstream")
    switch effect {
    case .startTunnel:
      require(facts?.wantsUpgrade == true, "a tunnel that was not asked for")
      require(finalHead == nil, "a tunnel after a final head")
      require(!isTunnel, "startTunnel twice")
      isTunnel = true
    case .forwardTunnelBytes(let side):
      require(isTunnel, "tunnel bytes without a tunnel")
      require(!halfClosed.contains(side.other), "tunnel bytes after the FIN that was passed on")
      require(event == .tunnelBytesArrived(from: side), "tunnel bytes from \(side) for \(event)")
    case .halfClose(let side):
      require(isTunnel, "halfClose without a tunnel")
      require(endedSides.contains(side.other), "halfClose of \(side) before the other side ended")
      let isFirst = halfClosed.insert(side).inserted
      require(isFirst, "halfClose of \(side) twice")
    default: break
    }
  }

  private mutating func checkEnding(_ effect: ExchangeEffect, _ exchange: Exchange) {
    require(endings.isEmpty, "\(effect) after \(endings)")
    switch effect {
    case .respond(let cause):
      require(finalHead == nil && !isTunnel, "respond after a final head")
      require(exchange.cause == cause, "respond says \(cause), the record \(String(describing: exchange.cause))")
      require(exchange.isGenerated, "a generated response that is not said to be one")
      endings.append(.respond)
    case .answer:
      require(finalHead == nil && !isTunnel, "answer after a final head")
      require(exchange.isGenerated, "a generated response that is not said to be one")
      endings.append(.answer)
    case .abort(let reset):
      let hasDeclaredEnd = finalHead != .untilClose && !isTunnel
      require(reset || hasDeclaredEnd, "a close that looks like the end of the message")
      require(exchange.cause != nil, "an abort without a cause")
      require(exchange.isAborted || finalHead == nil && !isTunnel, "a cut message that is not said to be one")
      endings.append(.abort)
    case .finishClient(let reuse):
      require(finishedResponse || isTunnel, "finishClient before the response was complete")
      if reuse {
        require(announcedKeepAlive && finishedResponse, "reuse of a connection whose close was announced")
        require(requestEnded, "reuse of a connection in the middle of a request")
      }
      require(!isClientFull || isTunnel, "finishClient before the client has taken everything")
      endings.append(.finishClient)
    default: break
    }
  }

  private mutating func checkEndOfAttempt(_ cause: Cause?) {
    require(hasAttempt, "endAttempt without an attempt")
    if cause == nil { require(finishedResponse || isTunnel, "an attempt succeeded without a response") }
    hasAttempt = false
    attemptsEnded += 1
    lastEnd = .some(cause)
    lastEndWasSent = sentHead
  }

  private mutating func checkReturn(_ effect: ExchangeEffect) {
    require(hasLease, "\(effect) without a lease")
    require(!hasAttempt, "\(effect) before endAttempt")
    if effect == .releaseUpstream {
      require(isConnected, "releaseUpstream without a connection")
      require(finishedResponse, "a connection goes back in the middle of a response")
      require(
        requestEnded && (finishedRequest || facts?.hasBody != true), "a connection goes back in the middle of a request"
      )
      require(!isUpstreamFull, "a connection goes back with a request that it has not taken")
      require(
        response?.keepsAlive == true && response?.framing != .untilClose, "a connection goes back that its peer closes")
    }
    hasLease = false
    isConnected = false
    isUpstreamPaused = false
    isUpstreamFull = false
  }
}
