internal import SluiceWire

// The client's half: its head, its body, and where the request is sent.

extension Exchange {
  mutating func requestArrived(_ facts: RequestFacts) -> ExchangeEffects {
    guard case .idle = stage else { return impossible("requestArrived") }
    self.facts = facts
    half = facts.hasBody ? .held : .complete
    stage = .routing
    phase = .route
    return ExchangeEffects(.route)
  }

  mutating func requestRefused(_ cause: Cause) -> ExchangeEffects {
    guard case .idle = stage else { return impossible("requestRefused") }
    // What follows a refused head cannot be told apart from it, so the connection ends.
    facts.keepsAlive = false
    phase = .head
    return respond(cause)
  }

  mutating func routed(_ policy: ExchangePolicy, _ at: Instant) -> ExchangeEffects {
    guard case .routing = stage else { return impossible("routed") }
    self.policy = policy
    if case .length(let length) = facts.framing, length > policy.requestBodyLimit {
      return respond(.requestBodyTooLarge)
    }
    if let deadline = policy.clientDeadline {
      deadlines.request = at + deadline
    } else if half == .complete {
      deadlines.request = at + policy.timeouts.request
    }
    stage = .admitting
    phase = .queue
    return ExchangeEffects(.admit)
  }

  mutating func routedToAnswer() -> ExchangeEffects {
    guard case .routing = stage else { return impossible("routedToAnswer") }
    isGenerated = true
    stage = .finished
    phase = .respond
    return ExchangeEffects(.answer, .record)
  }

  mutating func routingFailed(_ cause: Cause) -> ExchangeEffects {
    guard case .routing = stage else { return impossible("routingFailed") }
    return respond(cause)
  }

  mutating func admitted(_ at: Instant) -> ExchangeEffects {
    switch stage {
    case .admitting, .waiting:
      holdsPermit = true
      deadlines.queue = .never
      stage = .picking
      return ExchangeEffects(.pick)
    default:
      return impossible("admitted")
    }
  }

  mutating func admissionQueued(behind limit: AdmissionLimit, _ at: Instant) -> ExchangeEffects {
    guard case .admitting = stage else { return impossible("admissionQueued") }
    stage = .waiting(limit)
    deadlines.queue = at + policy.timeouts.queue
    return ExchangeEffects()
  }

  mutating func admissionRefused(_ cause: Cause) -> ExchangeEffects {
    guard case .admitting = stage else { return impossible("admissionRefused") }
    return respond(cause)
  }

  mutating func requestBodyArrived(_ count: Int, _ at: Instant) -> ExchangeEffects {
    guard half == .arriving else {
      return ignoresRequest ? ExchangeEffects() : impossible("requestBodyArrived")
    }
    requestBodyCount += UInt64(count)
    switch stage {
    case .awaiting, .relaying:
      if requestBodyCount > policy.requestBodyLimit { return requestFailed(.requestBodyTooLarge) }
      if requestBodyCount > replayBodyMax { isBodyKept = false }
      if !isClientPaused { deadlines.clientRead = at + policy.clientBodyIdle }
      return ExchangeEffects(.forwardRequestBody)
    case .flushing, .finished:
      return ExchangeEffects()
    default:
      return impossible("requestBodyArrived")
    }
  }

  /// Sending the request twice does no more than sending it once.
  public var isRepeatable: Bool { facts.method.isIdempotent || policy.hasTrustedKey }

  /// Bytes of the body that are worth keeping. What may only be repeated where the upstream never saw it is kept on
  /// connections that can say so, and only as much as is cheap to copy.
  private var replayBodyMax: UInt64 {
    if isRepeatable { return policy.replayBodyLimit }
    guard case .awaiting(let lease) = stage, lease.mayBeRefused else { return 0 }
    return min(policy.replayBodyLimit, Self.refusableBodyMax)
  }

  /// Bytes of a request that may not be repeated, kept for the case that the endpoint refuses it unread: 16 KiB.
  static let refusableBodyMax: UInt64 = 16 << 10

  /// Whether the driver is to keep these bytes of the body before it hands them in, for an attempt to come.
  public func keepsRequestBody(adding count: Int) -> Bool {
    guard case .awaiting = stage, isBodyKept else { return false }
    return requestBodyCount + UInt64(count) <= replayBodyMax
  }

  mutating func replayBodyLost() -> ExchangeEffects {
    guard case .awaiting = stage else { return impossible("replayBodyLost") }
    isBodyKept = false
    return ExchangeEffects()
  }

  /// Which pooled connection the next attempt may take.
  public var leaseRule: LeaseRule {
    if cause == .staleKeepalive { return .fresh }
    return isRepeatable ? .any : .proven
  }

  /// Nobody waits for what the client still sends.
  private var ignoresRequest: Bool { isFinished || dropsRequest }

  /// The rest of the request cannot be passed on. A response that is on its way is worth more: it goes on, and the
  /// client's connection ends behind it.
  mutating func requestFailed(_ cause: Cause) -> ExchangeEffects {
    facts.keepsAlive = false
    guard case .relaying = stage else { return fail(cause) }
    half = .abandoned
    deadlines.clientRead = .never
    deadlines.upstreamWrite = .never
    // A client that sends all before it reads would otherwise wait for us, and we for it.
    guard isClientPaused else { return ExchangeEffects() }
    isClientPaused = false
    return ExchangeEffects(.resumeClient)
  }

  mutating func requestEnded(_ at: Instant) -> ExchangeEffects {
    guard half == .arriving else {
      return ignoresRequest ? ExchangeEffects() : impossible("requestEnded")
    }
    half = .complete
    deadlines.clientRead = .never
    switch stage {
    case .awaiting:
      if policy.clientDeadline == nil { deadlines.request = at + policy.timeouts.request }
      if !isUpstreamPaused { deadlines.responseHead = at + policy.timeouts.responseHead }
      phase = .wait
      return ExchangeEffects(.finishRequest)
    case .relaying:
      return ExchangeEffects(.finishRequest)
    case .flushing, .finished:
      return ExchangeEffects()
    default:
      return impossible("requestEnded")
    }
  }

  mutating func requestBodyRefused(_ cause: Cause) -> ExchangeEffects {
    guard half == .arriving else {
      return ignoresRequest ? ExchangeEffects() : impossible("requestBodyRefused")
    }
    facts.keepsAlive = false
    switch stage {
    case .awaiting, .relaying: return fail(cause)
    // The response is complete and its connection ends behind it: what the client still sends goes nowhere.
    case .flushing, .finished: return ExchangeEffects()
    default: return impossible("requestBodyRefused")
    }
  }

  /// The upstream takes no more for now: the client is not read until it does.
  mutating func upstreamFull(_ at: Instant) -> ExchangeEffects {
    switch stage {
    case .awaiting, .relaying, .tunnelling:
      guard !isClientPaused, !dropsRequest else { return ExchangeEffects() }
      isClientPaused = true
      deadlines.clientRead = .never
      deadlines.upstreamWrite = at + writeIdle
      return ExchangeEffects(.pauseClient)
    default:
      return ExchangeEffects()
    }
  }

  mutating func upstreamReady(_ at: Instant) -> ExchangeEffects {
    guard isClientPaused else { return ExchangeEffects() }
    isClientPaused = false
    deadlines.upstreamWrite = .never
    switch stage {
    case .awaiting, .relaying:
      if half == .arriving { deadlines.clientRead = at + policy.clientBodyIdle }
      return ExchangeEffects(.resumeClient)
    case .tunnelling:
      return ExchangeEffects(.resumeClient)
    default:
      return ExchangeEffects()
    }
  }

  var writeIdle: TimeSpan {
    if case .tunnelling = stage { return policy.timeouts.streamIdle }
    return policy.timeouts.bodyIdle
  }
}
