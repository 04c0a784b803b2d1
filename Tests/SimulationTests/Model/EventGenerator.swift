internal import SluiceCore
internal import SluiceWire

/// Draws events for one exchange: those that a driver could say next, or any at all.
struct EventGenerator {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int(random.next() % UInt64(choices.count))]
  }

  mutating func flip(_ times: UInt64 = 2) -> Bool { random.next() % times == 0 }

  // MARK: Values

  mutating func requestFacts() -> RequestFacts {
    let framing = pick([BodyFraming.none, .none, .length(0), .length(10), .length(5000), .chunked])
    let hasBody = framing == .chunked || framing == .length(10) || framing == .length(5000)
    return RequestFacts(
      method: hasBody ? pick([Method.post, .put]) : pick([.get, .head, .delete]),
      version: framing == .chunked || flip(3) == false ? .http11 : .http10, framing: framing, keepsAlive: !flip(4),
      wantsUpgrade: !hasBody && flip(3))
  }

  mutating func responseFacts() -> ResponseFacts {
    ResponseFacts(
      status: pick([200, 204, 404, 413, 500]),
      framing: pick([.none, .length(0), .length(1000), .length(100_000), .chunked, .untilClose]), keepsAlive: !flip(4),
      isStream: flip(8))
  }

  mutating func policy() -> ExchangePolicy {
    var policy = ExchangePolicy()
    policy.attempts = pick([1, 2, 3])
    policy.replayBodyLimit = pick([0, 150, 64 << 10])
    policy.hasTrustedKey = flip(6)
    policy.requestBodyLimit = pick([.max, .max, 4000])
    policy.responseBodyLimit = pick([.max, .max, 50_000])
    return policy
  }

  mutating func connectCause() -> Cause {
    pick([.connectRefused, .connectTimeout, .dnsNxdomain, .poolQueueFull, .hostUnreachable, .tlsAlert, .ipProhibited])
  }

  mutating func responseCause() -> Cause { pick([.notHttp, .invalidHeader, .badFraming, .headerTooLarge]) }

  private mutating func deadline() -> ExchangeEvent {
    .deadlineCame(clientTookBytes: flip(), upstreamTookBytes: flip())
  }

  // MARK: Events

  /// An event that a driver could say now, seen from what it has been told so far.
  mutating func possible(after checker: ExchangeChecker) -> ExchangeEvent {
    if checker.isRecorded { return late(after: checker) }
    guard checker.facts != nil else {
      if flip(12) { return .requestRefused(.requestLineMalformed) }
      return flip(30) ? .headAbandoned : .requestArrived(requestFacts())
    }
    if let question = checker.question { return answer(question, checker) }
    if checker.isPausing { return flip(4) ? .clientFull : deadline() }
    if flip(60) { return .clientGone }
    if flip(200) { return .bugFound }
    if flip(8) { return deadline() }
    if flip(8) { return pick([.clientFull, .clientReady]) }
    if checker.permit == .queued { return pick([.admitted, deadline()]) }
    if checker.hasLease, !checker.isConnected {
      if checker.isLeaseQueued { return pick([.connecting, .leased(LeaseFacts(uses: 3)), deadline()]) }
      return pick([.leased(LeaseFacts(uses: 0)), .leaseFailed(connectCause())])
    }
    guard checker.isConnected else {
      // Everything was handed over; the client still takes it.
      return checker.wantsBody && !checker.requestEnded ? pick([.clientReady, body(checker)]) : .clientReady
    }
    if flip(6) { return pick([.upstreamFull, .upstreamReady]) }
    if checker.isTunnel { return inTunnel(checker) }
    if checker.wantsBody, !checker.requestEnded, flip() { return body(checker) }
    return checker.finalHead == nil ? beforeHead(checker) : afterHead(checker)
  }

  private mutating func pickAnswer(_ checker: ExchangeChecker) -> ExchangeEvent {
    if flip(8) { return .pickFailed(.allUnhealthy) }
    guard checker.isReplaying, flip() else { return .picked }
    return .pickedAgain(after: .milliseconds(Int64(pick([0, 10, 200]))))
  }

  private mutating func answer(_ question: ExchangeChecker.Question, _ checker: ExchangeChecker) -> ExchangeEvent {
    switch question {
    case .route: flip(10) ? pick([.routedToAnswer, .routingFailed(.routeNotFound)]) : .routed(policy())
    case .admit:
      pick([
        .admitted, .admitted, .admitted, .admissionQueued(.configured), .admissionQueued(.adaptive),
        .admissionRefused(.poolQueueFull),
      ])
    case .pick: pickAnswer(checker)
    case .askBudget: flip(6) ? .replayRefused : .replayGranted
    case .lease:
      pick([
        .leased(LeaseFacts(uses: 0)), .leased(LeaseFacts(uses: 2)), .leaseQueued, .connecting, .connecting,
        .leaseFailed(connectCause()),
      ])
    }
  }

  private mutating func body(_ checker: ExchangeChecker) -> ExchangeEvent {
    if flip(20) { return .requestBodyRefused(.requestChunkInvalid) }
    if checker.finalHead == nil, flip(20) { return .replayBodyLost }
    return flip(3) ? .requestEnded : .requestBodyArrived(count: pick([1, 100, 3000]))
  }

  private mutating func beforeHead(_ checker: ExchangeChecker) -> ExchangeEvent {
    switch random.next() % 12 {
    case 0: return .informationalArrived
    case 1: return .upgradeArrived
    case 2: return .responseRefused(responseCause())
    case 3: return .upstreamEnded(pick(UpstreamEnd.allCases), bytes: pick([0, 0, 20]))
    case 4...6: return checker.wantsBody && !checker.requestEnded ? body(checker) : .informationalArrived
    default: return .responseArrived(responseFacts())
    }
  }

  private mutating func afterHead(_ checker: ExchangeChecker) -> ExchangeEvent {
    switch random.next() % 10 {
    case 0: return .responseRefused(.badChunk)
    case 1, 2: return .upstreamEnded(pick(UpstreamEnd.allCases), bytes: 300)
    case 3...6: return .responseBodyArrived(count: pick([1, 1000, 30_000]))
    default:
      return checker.response?.framing == .untilClose ? .upstreamEnded(.closed, bytes: 300) : .responseEnded
    }
  }

  private mutating func inTunnel(_ checker: ExchangeChecker) -> ExchangeEvent {
    let open = Side.allCases.filter { !checker.endedSides.contains($0) }
    guard !open.isEmpty, !flip(20) else { return .upstreamEnded(pick(UpstreamEnd.allCases), bytes: 10) }
    return flip(4) ? .tunnelHalfEnded(pick(open)) : .tunnelBytesArrived(from: pick(open))
  }

  /// What may still be on its way when the exchange has ended.
  private mutating func late(after checker: ExchangeChecker) -> ExchangeEvent {
    pick([
      .clientGone, .clientFull, .clientReady, .upstreamFull, .upstreamReady, .upstreamEnded(.closed, bytes: 0),
      .requestBodyArrived(count: 9), .requestEnded, .responseBodyArrived(count: 9), .responseEnded,
      .requestBodyRefused(.requestChunkInvalid), .tunnelBytesArrived(from: .upstream), .tunnelHalfEnded(.upstream),
      .bugFound, deadline(),
    ])
  }

  /// Any event, whether or not it can happen: for builds in which an impossible one does not trap.
  mutating func any() -> ExchangeEvent {
    switch random.next() % 36 {
    case 0, 1: .requestArrived(requestFacts())
    case 2: .requestRefused(.requestLineMalformed)
    case 3: .headAbandoned
    case 4: .requestBodyArrived(count: pick([0, 1, 5000]))
    case 5: .requestEnded
    case 6: .requestBodyRefused(pick(Cause.allCases))
    case 7: .clientGone
    case 8: .clientFull
    case 9: .clientReady
    case 10, 11: .routed(policy())
    case 12: .routedToAnswer
    case 13: .routingFailed(pick(Cause.allCases))
    case 14, 15: .admitted
    case 16: .admissionQueued(pick(AdmissionLimit.allCases))
    case 17: .admissionRefused(pick(Cause.allCases))
    case 18, 19:
      pick([.picked, .pickedAgain(after: .milliseconds(20)), .replayGranted, .replayRefused, .replayBodyLost])
    case 20: .pickFailed(pick(Cause.allCases))
    case 21: .leaseQueued
    case 22: .connecting
    case 23, 24: .leased(LeaseFacts(uses: pick([0, 1])))
    case 25: .leaseFailed(pick(Cause.allCases))
    case 26: .upstreamFull
    case 27: .upstreamReady
    case 28: .informationalArrived
    case 29: .upgradeArrived
    case 30: .responseArrived(responseFacts())
    case 31: pick([.responseBodyArrived(count: 500), .responseEnded, .responseRefused(pick(Cause.allCases))])
    case 32: .upstreamEnded(pick(UpstreamEnd.allCases), bytes: pick([0, 5]))
    case 33: .tunnelBytesArrived(from: pick(Side.allCases))
    case 34: .tunnelHalfEnded(pick(Side.allCases))
    default: flip(3) ? .bugFound : deadline()
    }
  }
}
