/// A counter of the kernel, which tells how often and not when.
public struct CounterSeen: Equatable, Sendable, Codable {
  public var total: UInt64
  /// How far it rose during the look.
  public var lately: UInt64

  public init(total: UInt64, lately: UInt64) {
    self.total = total
    self.lately = lately
  }
}
