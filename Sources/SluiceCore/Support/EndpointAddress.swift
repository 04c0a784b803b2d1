/// The address of one side of a connection, as a trivial value: a record holds several.
public struct EndpointAddress: Hashable, Sendable {
  public enum Family: UInt8, Hashable, Sendable {
    /// No address is known: the attempt ended before one was resolved.
    case none
    case v4
    case v6
    /// A Unix domain socket; its path stands in the configuration, not here.
    case unix
  }

  public var family: Family
  public var port: UInt16
  /// The address in network byte order; an IPv4 address fills the first four bytes.
  public var high: UInt64
  public var low: UInt64

  public init(family: Family, port: UInt16 = 0, high: UInt64 = 0, low: UInt64 = 0) {
    self.family = family
    self.port = port
    self.high = high
    self.low = low
  }

  public static let none = EndpointAddress(family: .none)
  public static let unix = EndpointAddress(family: .unix)
}
