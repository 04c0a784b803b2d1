internal import SluiceCore
internal import SluiceIncidents

/// One worker's counts of one upstream since it last handed them over. It outlives reloads, so that exchanges of an
/// older generation are still counted.
final class TrafficTally {
  var counter = TrafficCounter()

  /// Returns what was counted and begins anew; nil: nothing was.
  func take() -> TrafficCounter? {
    guard counter.requests > 0 else { return nil }
    defer { counter = TrafficCounter() }
    return counter
  }
}

extension TrafficCounter.Outcome {
  /// What an exchange or attempt counts as; nil: it says nothing of the upstream, since the client or we ended it.
  ///
  /// - Parameters:
  ///   - cause: for which the gateway gave up.
  ///   - status: of the response otherwise.
  init?(_ cause: Cause?, status: UInt16) {
    guard let cause else {
      self = status >= 500 ? .applicationFailed : .fine
      return
    }
    if cause == .upstreamStatus {
      self = .applicationFailed
    } else if cause.owner == .client || cause.owner == .gateway {
      return nil
    } else if cause.isIncident {
      self = .gatewayFailed
    } else {
      self = .fine
    }
  }
}
