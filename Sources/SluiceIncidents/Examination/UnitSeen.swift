/// A unit of systemd.
public struct UnitSeen: Equatable, Sendable, Codable {
  public var name: String
  /// As in `active`, `failed`.
  public var activeState: String
  public var subState: String = ""
  /// As in `oom-kill`, `signal`, `exit-code`.
  public var result: String?
  public var exitStatus: Int32?
  public var restarts: Int?
  /// Unix time in milliseconds.
  public var changedAt: Int64?

  public init(name: String, activeState: String) {
    self.name = name
    self.activeState = activeState
  }
}
