internal import SluiceWire

// One try at one endpoint, up to the final head.

extension Exchange {
  mutating func picked() -> ExchangeEffects {
    guard case .picking = stage else { return impossible("picked") }
    attempts += 1
    stage = .leasing
    phase = .connect
    return ExchangeEffects(.lease)
  }

  /// Only endpoints that have failed are left.
  mutating func pickedAgain(_ pause: TimeSpan, _ at: Instant) -> ExchangeEffects {
    guard case .picking = stage, cause != nil else { return impossible("pickedAgain") }
    stage = .pausing
    deadlines.pause = at + pause
    return ExchangeEffects()
  }

  mutating func pauseEnded() -> ExchangeEffects {
    guard case .pausing = stage else { return impossible("pause") }
    deadlines.pause = .never
    stage = .picking
    return picked()
  }

  mutating func pickFailed(_ cause: Cause) -> ExchangeEffects {
    guard case .picking = stage else { return impossible("pickFailed") }
    // An exchange that has tried answers with what it saw, not with the lack of a further endpoint.
    guard let seen = self.cause else { return respond(cause) }
    notRetriedBecause = .noOtherEndpoint
    return respond(seen)
  }

  mutating func leaseQueued(_ at: Instant) -> ExchangeEffects {
    guard case .leasing = stage else { return impossible("leaseQueued") }
    phase = .queue
    deadlines.queue = at + policy.timeouts.queue
    return ExchangeEffects()
  }

  mutating func connecting() -> ExchangeEffects {
    guard case .leasing = stage else { return impossible("connecting") }
    phase = .connect
    deadlines.queue = .never
    return ExchangeEffects()
  }

  mutating func leased(_ lease: LeaseFacts, _ at: Instant) -> ExchangeEffects {
    guard case .leasing = stage else { return impossible("leased") }
    stage = .awaiting(lease)
    cause = nil
    deadlines.queue = .never
    var effects = ExchangeEffects(.sendRequestHead)
    // An attempt before has sent some of it.
    if requestBodyCount > 0 { effects.append(.replayRequestBody) }
    switch half {
    case .held:
      half = .arriving
      phase = .send
      deadlines.clientRead = at + policy.clientBodyIdle
      effects.append(.startRequestBody)
    case .complete:
      if facts.hasBody { effects.append(.finishRequest) }
      phase = .wait
      deadlines.responseHead = at + policy.timeouts.responseHead
    case .arriving, .abandoned:
      return impossible("leased")
    }
    return effects
  }

  mutating func leaseFailed(_ cause: Cause) -> ExchangeEffects {
    guard case .leasing = stage else { return impossible("leaseFailed") }
    return attemptFailed(cause)
  }

  mutating func informationalArrived(_ at: Instant) -> ExchangeEffects {
    guard case .awaiting = stage else { return impossible("informationalArrived") }
    // HTTP/1.0 has no 1xx (RFC 9110 section 15.2).
    guard facts.version != .http10 else { return ExchangeEffects() }
    return ExchangeEffects(.forwardInformational)
  }

  mutating func responseRefused(_ cause: Cause) -> ExchangeEffects {
    switch stage {
    case .awaiting: attemptFailed(cause)
    case .relaying: fail(cause)
    default: impossible("responseRefused")
    }
  }

  mutating func upstreamEnded(_ end: UpstreamEnd, _ bytes: UInt64) -> ExchangeEffects {
    switch stage {
    case .awaiting(let lease):
      return attemptFailed(causeOfEnd(end, beforeHeadWith: bytes, lease))
    case .relaying(let relay):
      if end == .writeFailed {
        // The response is on its way; what the upstream did not want of the request is its own choice.
        return ExchangeEffects()
      }
      // A reset or a cut never ends a message, not even one that lasts until the close.
      if relay.facts.framing == .untilClose, end == .closed { return completeResponse(relay) }
      return fail(.truncatedBody)
    case .tunnelling:
      return endTunnel(.upstream)
    case .finished, .flushing:
      return ExchangeEffects()
    default:
      return impossible("upstreamEnded")
    }
  }

  /// Stale keep-alive, crash and cut head are told apart by what the connection had done before.
  private func causeOfEnd(_ end: UpstreamEnd, beforeHeadWith bytes: UInt64, _ lease: LeaseFacts) -> Cause {
    if bytes > 0 { return .truncatedHeaders }
    if lease.isReused { return .staleKeepalive }
    switch end {
    // Before a head it makes no difference how the connection was closed: many servers leave close_notify out.
    case .closed, .cut: return .closedBeforeResponse
    case .reset: return .resetBeforeResponse
    case .writeFailed: return .writeFailed
    case .alert: return .tlsAlert
    case .certificateRefused: return .tlsClientCertificateWanted
    }
  }
}
