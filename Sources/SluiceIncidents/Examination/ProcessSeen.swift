/// A process at the moment of the look.
public struct ProcessSeen: Equatable, Sendable, Codable {
  public enum State: String, Equatable, Sendable, Codable, CaseIterable {
    case running
    case sleeping
    /// Waits for a disk or device and cannot be interrupted.
    case blocked
    /// By SIGSTOP or a debugger.
    case stopped
    /// It has ended, and its parent has not asked how.
    case zombie
    case other
  }

  /// Its number.
  public var process: Int32
  public var name: String
  /// Program and arguments; values of options that look like secrets are blanked.
  public var command: String
  public var user: String?
  /// Unix time in milliseconds.
  public var startedAt: Int64?
  public var state: State
  public var parent: Int32?
  public var parentName: String?
  public var threads: Int?
  public var children: [Int32] = []
  /// Open ones; nil: may not be read.
  public var descriptors: Int?
  public var descriptorsMax: Int?
  /// Of one core, over the time of the look.
  public var cpuShare: Double?
  /// The same, with the time in which its main thread was ready to run and another program had the core.
  public var cpuWanted: Double?
  /// Where in the kernel its main thread waits, as in `ep_poll`; nil: it runs or may not be read.
  public var waitsIn: String?
  public var residentBytes: UInt64?
  /// Path of its file.
  public var program: String?
  /// Whether that file was changed or removed since the process started.
  public var isProgramReplaced: Bool = false
  public var cgroup: String?
  /// Its identifier, shortened to 12 digits.
  public var container: String?
  /// Of systemd.
  public var unit: String?
  /// Connections that it has open to others, by address, the most first.
  public var outgoing: [OutgoingConnections] = []
  /// Connections that it has accepted at the port in question.
  public var acceptedCount: Int?
  /// Of these, the ones with bytes that it has not read.
  public var unreadCount: Int?

  public init(process: Int32, name: String, command: String, state: State) {
    self.process = process
    self.name = name
    self.command = command
    self.state = state
  }
}
