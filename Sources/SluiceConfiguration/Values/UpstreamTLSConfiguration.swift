/// How the `https` endpoints of an upstream are spoken to.
public struct UpstreamTLSConfiguration: Sendable, Hashable {
  public enum Verification: Sendable, Hashable {
    /// The certificate must lead to a trusted root, be valid now, and name the endpoint.
    case full
    /// Any certificate will do; it is still kept as evidence.
    case none
  }

  public enum Version: Sendable, Hashable, Comparable {
    case tls10, tls11, tls12, tls13
  }

  /// The name that is asked for (SNI) and that the certificate must have. nil: the endpoint's host.
  public var name: String?
  /// A PEM file of the roots that are trusted. nil: the system's.
  public var trust: String?
  /// A PEM file with the gateway's own certificate and its intermediates. nil: none is shown.
  public var certificate: String?
  /// The PEM file of its key.
  public var key: String?
  public var verify = Verification.full
  public var minimumVersion = Version.tls12

  public init() {}
}
