/// What became of reloads of the configuration, since the start.
public struct ReloadReading: Equatable, Sendable {
  public var applied: UInt64 = 0
  public var refused: UInt64 = 0
  /// Whether the last one was applied, or there was none.
  public var isLastApplied = true
  /// When the configuration in force was taken, in Unix milliseconds.
  public var lastAppliedAt: Int64 = 0
  public var generation: UInt64 = 1

  public init() {}
}
