/// What one upstream uses of its limits at this moment, for the whole process.
public struct UpstreamLoadReading: Equatable, Sendable {
  public var upstream: String
  /// As incidents keep it; nil: the upstream has no permits yet.
  public var load: UpstreamLoad?
  public var connectionsWaiting = 0
  /// Replays within the budget's window, and how many it allows there.
  public var budgetUsed = 0
  public var budgetLimit = 0
  /// No endpoint is available, and all of them are used.
  public var isPanicking = false

  public init(upstream: String) { self.upstream = MetricsLimits.label(upstream) }
}
