// After 101: bytes both ways until both sides have ended.

extension Exchange {
  mutating func upgradeArrived(_ at: Instant) -> ExchangeEffects {
    guard case .awaiting = stage else { return impossible("upgradeArrived") }
    guard facts.wantsUpgrade, half == .complete else { return attemptFailed(.unexpectedUpgrade) }
    stage = .tunnelling(TunnelHalves())
    phase = .tunnel
    deadlines.clear()
    if isClientPaused { deadlines.upstreamWrite = at + writeIdle }
    var effects = ExchangeEffects(.startTunnel)
    awaitUpstream(policy.timeouts.streamIdle, at, &effects)
    return effects
  }

  mutating func tunnelBytesArrived(from side: Side, _ at: Instant) -> ExchangeEffects {
    guard case .tunnelling(let halves) = stage, !halves.hasEnded(side) else {
      return isFinished ? ExchangeEffects() : impossible("tunnelBytesArrived")
    }
    // Either side's bytes prove that the tunnel is in use.
    if !isUpstreamPaused { deadlines.upstreamRead = at + policy.timeouts.streamIdle }
    return ExchangeEffects(.forwardTunnelBytes(from: side))
  }

  mutating func tunnelHalfEnded(_ side: Side, _ at: Instant) -> ExchangeEffects {
    guard case .tunnelling(var halves) = stage else {
      return isFinished ? ExchangeEffects() : impossible("tunnelHalfEnded")
    }
    // One FIN is passed on once.
    if halves.hasEnded(side) { return ExchangeEffects() }
    halves.end(side)
    if halves.downstreamEnded, halves.upstreamEnded { return endTunnel(side) }
    stage = .tunnelling(halves)
    if !isUpstreamPaused { deadlines.upstreamRead = at + policy.timeouts.streamIdle }
    return ExchangeEffects(.halfClose(side.other))
  }

  /// Both sides have ended, or one is gone: an end without a failure.
  mutating func endTunnel(_ side: Side) -> ExchangeEffects {
    stage = .finished
    phase = .done
    deadlines.clear()
    var effects = ExchangeEffects(.endAttempt(nil), .closeUpstream)
    if holdsPermit { effects.append(.releasePermit) }
    holdsPermit = false
    effects.append(.finishClient(reuse: false))
    effects.append(.record)
    return effects
  }
}
