/// What the machine and the cgroup of an endpoint have left.
public struct ResourcesSeen: Equatable, Sendable, Codable {
  /// Of the process that listens or listened.
  public var cgroup: CgroupSeen?
  /// The latest first.
  public var kernelNotes: [KernelNote] = []
  /// Connections that found a full accept queue, on the whole machine.
  public var acceptOverflows: CounterSeen?
  /// Percent of the last ten seconds in which something waited for it (PSI, some avg10).
  public var cpuPressure: Double?
  public var memoryPressure: Double?
  public var ioPressure: Double?
  public var memoryAvailableBytes: UInt64?
  public var memoryBytes: UInt64?
  /// Of one minute.
  public var loadAverage: Double?
  public var cores: Int?
  /// Those that the process writes to, its log and the temporary folder.
  public var disks: [DiskSeen] = []
  /// Local ports in use to the address of the endpoint.
  public var localPortsUsed: Int?
  public var localPortsMax: Int?
  /// Of the connection tracking of the kernel.
  public var connectionsTracked: Int?
  public var connectionsTrackedMax: Int?
  public var descriptorsSystem: Int?
  public var descriptorsSystemMax: Int?
  public var unit: UnitSeen?
  /// Sentences: what could not be read, and which right is missing.
  public var missing: [String] = []

  public init() {}
}
