/// The event `traffic`: what was answered since the last one.
public struct TrafficTick: Codable, Equatable, Sendable {
  /// Unix time in milliseconds.
  public var time: Int64
  public var spanMs: Int64
  /// Exchanges that ended.
  public var exchanges: UInt64
  /// By status, as in `TrafficSummary`.
  public var statuses: [String: UInt64]
  public var causes: [String: UInt64]

  init(_ change: TrafficSample.Change, at time: Int64) {
    self.time = time
    spanMs = change.spanMs
    statuses = change.statuses
    causes = change.causes
    exchanges = change.statuses.values.reduce(0, +)
  }
}
