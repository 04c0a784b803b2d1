/// What the name of an endpoint stands for, from each source that could say.
public struct ResolutionSeen: Equatable, Sendable, Codable {
  public var name: String
  /// From DNS: A and AAAA, as the name servers gave them.
  public var records: [AddressRecord] = []
  /// As in `NXDOMAIN`; nil where no name server answered, or DNS was not asked.
  public var responseCode: String?
  /// An identifier of `Cause` where no address came of it.
  public var cause: String?
  /// Addresses that the hosts file has for the name: they are taken before those of DNS.
  public var hostsFile: [String] = []
  /// What is connected to, in this order.
  public var addresses: [String] = []
  /// Addresses that the name had before, where a store knows them and they differ.
  public var before: [String] = []
  public var resolvers: [String] = []
  /// `IPv4` or `IPv6`: no name server answered for that family although the other one's addresses are known.
  public var missingFamily: String?
  public var tookMs: Double = 0

  public init(name: String) {
    self.name = name
  }
}
