/// What went through the gateway within a window of time.
public struct TrafficSummary: Codable, Equatable, Sendable {
  /// To upstreams.
  public var upstreams: TrafficWindow
  /// Milliseconds that `statuses` and `causes` are of: less than the window where the gateway has not run for so long.
  public var countedMs: Int64
  /// Responses to clients by status: `200`, `5xx` for an unregistered one, `none` for an exchange that was cut before.
  public var statuses: [String: UInt64]
  /// Exchanges that failed, by cause.
  public var causes: [String: UInt64]

  public init(
    upstreams: TrafficWindow, countedMs: Int64, statuses: [String: UInt64], causes: [String: UInt64]
  ) {
    self.upstreams = upstreams
    self.countedMs = countedMs
    self.statuses = statuses
    self.causes = causes
  }
}
