/// What a certificate is for (RFC 5280 section 4.2.1.12).
public enum CertificateUse: Sendable, Hashable {
  /// Shown by whoever accepts connections.
  case listening
  /// Shown by whoever connects.
  case connecting
}
