/// One try to connect.
public struct ConnectionSeen: Equatable, Sendable, Codable {
  /// With port, as in `127.0.0.1:3000` or `[::1]:3000`, or `unix:/path`.
  public var address: String
  /// An identifier of `Cause`; nil: it connected.
  public var cause: String?
  /// As in `ECONNREFUSED`.
  public var errno: String?
  public var tookMs: Double = 0
  /// From which address of this machine.
  public var localAddress: String?
  /// The way that packets take, as in `dev eth0 via 10.0.0.1`; nil where it is not known.
  public var route: String?
  /// What was answered in the place of the address, as in `administratively prohibited`.
  public var icmp: String?
  /// Who answered so, where it was not the address itself.
  public var icmpFrom: String?
  /// Whether the gateway that looks listens there itself.
  public var isOurListener: Bool = false

  public init(address: String) {
    self.address = address
  }
}
