public import SluiceCore

/// How a listener, or the admin address, speaks TLS. The files are named here and read by the gateway.
public struct ListenerTLSConfiguration: Sendable, Hashable {
  /// At least one; the first is for clients whose name has none.
  public var certificates: [ConfiguredCertificate]
  /// nil: clients are not asked for certificates.
  public var clientCertificates: ClientCertificateConfiguration?
  public var minimumVersion: TLSRelease

  public init(
    certificates: [ConfiguredCertificate], clientCertificates: ClientCertificateConfiguration? = nil,
    minimumVersion: TLSRelease = .tls12
  ) {
    self.certificates = certificates
    self.clientCertificates = clientCertificates
    self.minimumVersion = minimumVersion
  }
}

/// A certificate with its chain, and its private key.
public struct ConfiguredCertificate: Sendable, Hashable {
  public var certificate: FileReference
  public var key: FileReference

  public init(certificate: FileReference, key: FileReference) {
    self.certificate = certificate
    self.key = key
  }
}

/// What is asked of clients' certificates.
public struct ClientCertificateConfiguration: Sendable, Hashable {
  public enum Mode: Sendable, Hashable {
    /// A client without one is served; one that is not trusted ends the handshake.
    case optional
    case required
  }

  public var mode: Mode
  /// The authorities whose certificates are accepted, as PEM.
  public var trust: FileReference
  /// The certificate is told to the upstream in `Client-Cert` (RFC 9440).
  public var forwards: Bool

  public init(mode: Mode, trust: FileReference, forwards: Bool) {
    self.mode = mode
    self.trust = trust
    self.forwards = forwards
  }
}
