/// One certificate of a chain that an endpoint showed.
public struct CertificateEvidence: Equatable, Sendable, Codable {
  /// Names of one certificate that are kept.
  public static let namesMax = 32

  /// Distinguished names, as in `CN=origin.test,O=Example`.
  public var subject: String
  public var issuer: String
  /// DNS names and IP addresses that it is for.
  public var names: [String]
  /// Unix times in milliseconds.
  public var notBefore: Int64
  public var notAfter: Int64
  /// Hexadecimal.
  public var serial: String
  /// SHA-256 of the certificate, hexadecimal.
  public var fingerprint: String

  public init(
    subject: String, issuer: String, names: [String], notBefore: Int64, notAfter: Int64, serial: String,
    fingerprint: String
  ) {
    self.subject = subject
    self.issuer = issuer
    self.names = names
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.serial = serial
    self.fingerprint = fingerprint
  }
}
