// What a passed deadline means. The order matters only where two pass in the same tick: the narrower names the cause.

extension Exchange {
  mutating func deadlineCame(_ at: Instant, clientTookBytes: Bool, upstreamTookBytes: Bool) -> ExchangeEffects {
    if deadlines.queue <= at { return queueTimedOut() }
    if deadlines.pause <= at, deadlines.request > at { return pauseEnded() }
    if deadlines.responseHead <= at { return attemptTimedOut(.responseHeaderTimeout) }
    if deadlines.upstreamWrite <= at {
      guard upstreamTookBytes else { return attemptTimedOut(.writeTimeout) }
      deadlines.upstreamWrite = at + writeIdle
    }
    if deadlines.clientWrite <= at {
      guard clientTookBytes else { return clientGone() }
      deadlines.clientWrite = at + policy.clientWrite
    }
    if deadlines.clientRead <= at { return requestFailed(.clientBodyTimeout) }
    if deadlines.upstreamRead <= at { return fail(.bodyIdleTimeout) }
    if deadlines.request <= at { return fail(.requestDeadline) }
    return ExchangeEffects()
  }

  private mutating func queueTimedOut() -> ExchangeEffects {
    switch stage {
    case .waiting(let limit): fail(limit.timeoutCause)
    // Connections are limited by the configuration alone.
    case .leasing: fail(.poolQueueTimeout)
    default: impossible("queue deadline")
    }
  }

  private mutating func attemptTimedOut(_ cause: Cause) -> ExchangeEffects {
    switch stage {
    case .awaiting: attemptFailed(cause)
    // It answers, and takes no more of the request.
    case .relaying where cause == .writeTimeout: requestFailed(cause)
    default: fail(cause)
    }
  }
}
