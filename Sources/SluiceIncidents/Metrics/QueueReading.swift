/// A bounded queue to a writer that nobody waits for.
public struct QueueReading: Equatable, Sendable {
  /// As in `access_log`.
  public var name: String
  /// What it lost since the start: lines, incidents or events.
  public var dropped: UInt64
  /// Memory of what waits; nil: it is not measured.
  public var bytes: Int?

  public init(name: String, dropped: UInt64, bytes: Int? = nil) {
    self.name = name
    self.dropped = dropped
    self.bytes = bytes
  }
}
