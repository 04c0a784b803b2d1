internal import SluiceCore

/// Row 18: every fatal alert of TLS (RFC 8446 section 6.2 and IANA's registry), in answer to the ClientHello.
extension LabCatalogue {
  static let tlsAlerts: [Scenario] = [
    alert(10, "unexpected_message"), alert(20, "bad_record_mac"), alert(22, "record_overflow"),
    alert(40, "handshake_failure", .tlsCipherMismatch), alert(42, "bad_certificate", .tlsClientCertificateWanted),
    alert(43, "unsupported_certificate", .tlsClientCertificateWanted),
    alert(44, "certificate_revoked", .tlsClientCertificateWanted),
    alert(45, "certificate_expired", .tlsClientCertificateWanted),
    alert(46, "certificate_unknown", .tlsClientCertificateWanted), alert(47, "illegal_parameter"),
    alert(48, "unknown_ca", .tlsClientCertificateWanted), alert(49, "access_denied", .tlsClientCertificateWanted),
    alert(50, "decode_error"), alert(51, "decrypt_error"), alert(70, "protocol_version", .tlsVersionMismatch),
    alert(71, "insufficient_security", .tlsCipherMismatch), alert(80, "internal_error"),
    alert(86, "inappropriate_fallback", .tlsVersionMismatch), alert(90, "user_canceled"),
    alert(109, "missing_extension"), alert(110, "unsupported_extension"), alert(112, "unrecognized_name"),
    alert(113, "bad_certificate_status_response"), alert(115, "unknown_psk_identity"),
    alert(116, "certificate_required", .tlsClientCertificateWanted), alert(120, "no_application_protocol"),
  ]

  /// - Parameter cause: what the alert says; that an alert came is as right.
  private static func alert(_ number: UInt8, _ word: String, _ cause: Cause = .tlsAlert) -> Scenario {
    let type: ProxyErrorType =
      cause == .tlsVersionMismatch || cause == .tlsCipherMismatch ? .tlsProtocolError : .tlsAlertReceived
    let owner: Owner = cause == .tlsAlert ? .application : .configuration
    return atPort(
      "tls-alert-\(number)", "Answers with the TLS alert \(word).", row: 18,
      .fails(cause, 502, type, owner, or: cause == .tlsAlert ? [] : [.tlsAlert]), over: .tlsHTTP1,
      .greets([.awaitInput, .send([0x15, 3, 3, 0, 2, 2, number]), .close]))
  }
}
