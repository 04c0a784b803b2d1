internal import SluiceCore

extension [Cause] {
  /// What can have been wrong where a product tells no more than that a TLS handshake failed, the likelier first.
  static let handshakes: [Cause] = [
    .tlsCertUntrusted, .tlsCertExpired, .tlsToPlaintextPort, .tlsNameMismatch, .tlsCertSelfSigned,
    .tlsCertIncompleteChain, .tlsCertNotYetValid, .tlsClosedInHandshake, .tlsAlert, .tlsClientCertificateWanted,
    .tlsVersionMismatch, .tlsCipherMismatch,
  ]
}
