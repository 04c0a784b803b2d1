public import SluiceWire

// The final head and its body, back to the client.

extension Exchange {
  /// How the upstream's final head goes to the client.
  public struct ForwardedHead: Sendable, Equatable {
    public let framing: BodyFraming
    /// Whether the client's connection may carry another request.
    public let keepsAlive: Bool
  }

  /// What `forwardResponseHead` sends; nil before it, and once the response was handed over.
  public var forwardedHead: ForwardedHead? {
    guard case .relaying(let relay) = stage else { return nil }
    return ForwardedHead(framing: relay.framing, keepsAlive: relay.keepsClient)
  }

  mutating func responseArrived(_ response: ResponseFacts, _ at: Instant) -> ExchangeEffects {
    guard case .awaiting(let lease) = stage else { return impossible("responseArrived") }
    if case .length(let length) = response.framing, length > policy.responseBodyLimit {
      return attemptFailed(.bodyTooLarge)
    }
    let framing = downstreamFraming(of: response.framing)
    // A client that is still sending cannot be told where its next request begins, so its connection ends here.
    let keepsClient = facts.keepsAlive && half == .complete && framing != .untilClose
    stage = .relaying(
      ResponseRelay(facts: response, framing: framing, keepsClient: keepsClient, lease: lease))
    phase = .receive
    deadlines.request = .never
    deadlines.responseHead = .never
    var effects = ExchangeEffects(.forwardResponseHead)
    awaitUpstream(idle(response), at, &effects)
    return effects
  }

  /// From the head on the upstream is read, unless informational heads have filled the client already.
  mutating func awaitUpstream(_ idle: TimeSpan, _ at: Instant, _ effects: inout ExchangeEffects) {
    guard isClientFull else {
      deadlines.upstreamRead = at + idle
      return
    }
    deadlines.clientWrite = at + policy.clientWrite
    guard !isUpstreamPaused else { return }
    isUpstreamPaused = true
    effects.append(.pauseUpstream)
  }

  /// One canonical framing: a body of unknown length is chunked, or ends with the connection where chunks are unknown.
  private func downstreamFraming(of framing: BodyFraming) -> BodyFraming {
    switch framing {
    case .none, .length: framing
    case .chunked, .untilClose: facts.version == .http10 ? .untilClose : .chunked
    }
  }

  private func idle(_ response: ResponseFacts) -> TimeSpan {
    response.isStream ? policy.timeouts.streamIdle : policy.timeouts.bodyIdle
  }

  mutating func responseBodyArrived(_ count: Int, _ at: Instant) -> ExchangeEffects {
    guard case .relaying(var relay) = stage else {
      return isFinished ? ExchangeEffects() : impossible("responseBodyArrived")
    }
    relay.count += UInt64(count)
    if relay.count > policy.responseBodyLimit { return fail(.bodyTooLarge) }
    stage = .relaying(relay)
    if !isUpstreamPaused { deadlines.upstreamRead = at + idle(relay.facts) }
    return ExchangeEffects(.forwardResponseBody)
  }

  mutating func responseEnded(_ at: Instant) -> ExchangeEffects {
    guard case .relaying(let relay) = stage else {
      return isFinished ? ExchangeEffects() : impossible("responseEnded")
    }
    return completeResponse(relay)
  }

  /// The response was handed over whole.
  mutating func completeResponse(_ relay: ResponseRelay) -> ExchangeEffects {
    let clientWrite = deadlines.clientWrite
    deadlines.clear()
    isUpstreamPaused = false
    var effects = ExchangeEffects(.finishResponse, .endAttempt(nil))
    // A request that the upstream has not taken whole leaves its connection in the middle of a message.
    let isWhole = half == .complete && !isClientPaused
    let staysOpen = relay.facts.keepsAlive && relay.facts.framing != .untilClose
    effects.append(isWhole && staysOpen ? .releaseUpstream : .closeUpstream)
    if holdsPermit { effects.append(.releasePermit) }
    holdsPermit = false
    let reuse = relay.keepsClient && half == .complete
    if isClientFull {
      stage = .flushing(reuse: reuse)
      deadlines.clientWrite = clientWrite
      return effects
    }
    phase = .done
    stage = .finished
    effects.append(.finishClient(reuse: reuse))
    effects.append(.record)
    return effects
  }

  /// The client takes no more for now: the upstream is not read until it does.
  mutating func clientFull(_ at: Instant) -> ExchangeEffects {
    isClientFull = true
    switch stage {
    // Before the head, informational ones have filled it.
    case .awaiting, .relaying, .tunnelling:
      guard !isUpstreamPaused else { return ExchangeEffects() }
      isUpstreamPaused = true
      deadlines.upstreamRead = .never
      deadlines.responseHead = .never
      deadlines.clientWrite = at + policy.clientWrite
      return ExchangeEffects(.pauseUpstream)
    default:
      return ExchangeEffects()
    }
  }

  mutating func clientReady(_ at: Instant) -> ExchangeEffects {
    isClientFull = false
    deadlines.clientWrite = .never
    switch stage {
    case .awaiting:
      guard isUpstreamPaused else { return ExchangeEffects() }
      isUpstreamPaused = false
      if half == .complete { deadlines.responseHead = at + policy.timeouts.responseHead }
      return ExchangeEffects(.resumeUpstream)
    case .relaying(let relay):
      guard isUpstreamPaused else { return ExchangeEffects() }
      isUpstreamPaused = false
      deadlines.upstreamRead = at + idle(relay.facts)
      return ExchangeEffects(.resumeUpstream)
    case .tunnelling:
      guard isUpstreamPaused else { return ExchangeEffects() }
      isUpstreamPaused = false
      deadlines.upstreamRead = at + policy.timeouts.streamIdle
      return ExchangeEffects(.resumeUpstream)
    case .flushing(let reuse):
      phase = .done
      stage = .finished
      return ExchangeEffects(.finishClient(reuse: reuse), .record)
    default:
      return ExchangeEffects()
    }
  }
}
