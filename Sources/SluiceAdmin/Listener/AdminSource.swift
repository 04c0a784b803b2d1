public import SluiceIncidents

/// What the admin address knows of the gateway. It is passed in, so that it can be asked of anything.
public struct AdminSource: Sendable {
  /// Takes a change; false: it is known already. Must not wait.
  public var note: @Sendable (Change) -> Bool
  /// Changes of late, the latest first.
  public var changes: @Sendable () async -> [Change]
  /// Names of the upstreams that are configured now.
  public var upstreams: @Sendable () async -> [String]
  public var isDraining: @Sendable () async -> Bool
  /// Unix time in milliseconds.
  public var wallTime: @Sendable () -> Int64
  /// Everything that is counted and measured.
  public var metrics: @Sendable () async -> MetricsReading

  public init(
    note: @escaping @Sendable (Change) -> Bool, changes: @escaping @Sendable () async -> [Change],
    upstreams: @escaping @Sendable () async -> [String], isDraining: @escaping @Sendable () async -> Bool,
    wallTime: @escaping @Sendable () -> Int64,
    metrics: @escaping @Sendable () async -> MetricsReading = { MetricsReading() }
  ) {
    self.note = note
    self.changes = changes
    self.upstreams = upstreams
    self.isDraining = isDraining
    self.wallTime = wallTime
    self.metrics = metrics
  }
}
