/// The limits of a cgroup, and how far they were met.
public struct CgroupSeen: Equatable, Sendable, Codable {
  public var path: String
  public var memoryBytes: UInt64?
  /// nil: no limit.
  public var memoryMaxBytes: UInt64?
  public var outOfMemoryKills: CounterSeen?
  /// Cores that the quota allows; nil: no quota.
  public var cpuCores: Double?
  public var periods: CounterSeen?
  public var throttledPeriods: CounterSeen?
  /// In all.
  public var throttledMs: Double?
  public var processes: Int?
  public var processesMax: Int?

  public init(path: String) {
    self.path = path
  }
}
