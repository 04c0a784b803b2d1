/// One address that clients connect to.
public struct ListenerDocument: Codable, Equatable, Sendable {
  /// As configured.
  public var address: String
  /// As bound; nil: a Unix socket, or it is closed.
  public var port: Int?
  public var isTLS: Bool
  /// Of clients, at this moment, and how many may be.
  public var connections: Int
  public var connectionsMax: Int
  /// Those that it serves.
  public var certificates: [CertificateDocument]

  private enum CodingKeys: String, CodingKey {
    case address, port, connections, connectionsMax, certificates
    case isTLS = "tls"
  }

  public init(
    address: String, port: Int?, isTLS: Bool, connections: Int, connectionsMax: Int,
    certificates: [CertificateDocument]
  ) {
    self.address = address
    self.port = port
    self.isTLS = isTLS
    self.connections = connections
    self.connectionsMax = connectionsMax
    self.certificates = certificates
  }
}
