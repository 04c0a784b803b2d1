/// One address that a name server gave.
public struct AddressRecord: Equatable, Sendable, Codable {
  public var address: String
  /// Seconds.
  public var timeToLive: UInt32

  public init(address: String, timeToLive: UInt32) {
    self.address = address
    self.timeToLive = timeToLive
  }
}
