/// A process that listened at an endpoint, over the time in which a gateway watched it.
public struct ProcessSighting: Equatable, Sendable, Codable {
  public var process: Int32
  public var name: String
  public var command: String
  /// Unix times in milliseconds.
  public var startedAt: Int64?
  public var firstSeen: Int64
  public var lastSeen: Int64
  /// nil: not seen to end.
  public var endedAt: Int64?
  public var exitStatus: Int32?
  /// That ended it.
  public var signal: Int32?
  /// Whether the kernel killed it for want of memory; nil: not known.
  public var isOutOfMemory: Bool?
  /// At which it listened.
  public var addresses: [String] = []
  /// Whether these are others than the endpoint's: the program that had listened there, after it was started again.
  public var isElsewhere: Bool = false
  /// Whether its parent listened too, as the master of workers that are forked.
  public var isWorker: Bool = false
  /// Kills for want of memory that its cgroup counted while it ran; nil: not known.
  public var cgroupKills: UInt64?
  public var program: String?
  /// When the program's file was last changed.
  public var programChangedAt: Int64?
  public var cgroup: String?
  public var container: String?
  public var unit: String?

  public init(process: Int32, name: String, command: String, firstSeen: Int64, lastSeen: Int64) {
    self.process = process
    self.name = name
    self.command = command
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}
