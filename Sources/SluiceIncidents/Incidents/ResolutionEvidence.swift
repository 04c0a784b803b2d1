/// What the endpoint's name resolved to.
public struct ResolutionEvidence: Equatable, Sendable, Codable {
  public var name: String
  /// Addresses in the order in which they are tried; empty where there was none.
  public var addresses: [String]
  /// The response code of the name server, as in `NXDOMAIN`; nil where none answered.
  public var responseCode: String?

  public init(name: String, addresses: [String], responseCode: String?) {
    self.name = name
    self.addresses = addresses
    self.responseCode = responseCode
  }
}
