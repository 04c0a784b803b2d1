/// What was thrown away since the start because a queue was full.
public struct DropsDocument: Codable, Equatable, Sendable {
  /// Lines of the access log and of standard error.
  public var logLines: UInt64
  /// Incidents of which only a count was kept.
  public var incidents: UInt64
  /// Events that no webhook was told of.
  public var alerts: UInt64

  public init(logLines: UInt64, incidents: UInt64, alerts: UInt64) {
    self.logLines = logLines
    self.incidents = incidents
    self.alerts = alerts
  }
}
