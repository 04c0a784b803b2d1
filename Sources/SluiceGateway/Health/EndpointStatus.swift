internal import SluiceCore

/// How one endpoint stands, as the admin side tells it.
public struct EndpointStatus: Sendable, Equatable {
  /// As configured.
  public var endpoint: String
  /// `healthy`, `returning`, `ejected`, `unhealthy` or `draining`.
  public var standing: String
  /// As in `connect_refused`.
  public var reason: String
  /// Milliseconds to the end of an ejection or a slow start.
  public var untilMs: Double?

  init(endpoint: String, _ state: HealthView.State, at now: Instant) {
    self.endpoint = endpoint
    standing = state.standing.identifier
    reason = state.reason.identifier
    switch state.standing {
    case .ejected(let until), .returning(let until): untilMs = (until - now).inSeconds * 1000
    case .healthy, .unhealthy, .draining: untilMs = nil
    }
  }
}
