/// What one upstream uses of its limits at this moment, for the whole process.
public struct UpstreamLoadReading: Equatable, Sendable {
  public var upstream: String
  public var requests = 0
  /// The adaptive limit where there is one.
  public var requestsLimit = 0
  public var requestsWaiting = 0
  public var connections = 0
  public var connectionsLimit = 0
  public var connectionsWaiting = 0
  /// Replays within the budget's window, and how many it allows there.
  public var budgetUsed = 0
  public var budgetLimit = 0
  /// No endpoint is available, and all of them are used.
  public var isPanicking = false

  public init(upstream: String) { self.upstream = MetricsLimits.label(upstream) }
}
