// What the library's reasons mean where a client is the peer.

extension BoringSSLReason {
  /// nil where no narrower reason names it.
  var openingFailure: OpeningFailure? {
    if alert != nil { return .alertReceived }
    if codes.contains(Self.noPeerCertificate) { return .clientCertificateMissing }
    if codes.contains(Self.verificationFailed) { return .clientCertificateRefused }
    if cause == .tlsVersionMismatch { return .versionMismatch }
    return cause == .tlsCipherMismatch ? .cipherMismatch : nil
  }

  /// Of `ssl.h`: PEER_DID_NOT_RETURN_A_CERTIFICATE, CERTIFICATE_VERIFY_FAILED.
  private static let noPeerCertificate: UInt16 = 192
  private static let verificationFailed: UInt16 = 125
}
