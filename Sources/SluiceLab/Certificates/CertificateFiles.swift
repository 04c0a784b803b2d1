/// Where a certificate and its key were written.
public struct CertificateFiles: Sendable, Hashable {
  /// PEM of the certificate and its intermediates.
  public let certificate: String
  /// PEM of the private key, mode 0600.
  public let key: String
}
