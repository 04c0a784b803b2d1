internal import SluiceCore
internal import SluiceDiagnosis

extension Signature {
  /// TLS to the upstream. Texts of OpenSSL, BoringSSL and LibreSSL.
  static let nginxHandshake: [Signature] = [
    Signature(
      "N35", .nginx, verify("(10:"), .failure(.tlsCertExpired)),
    Signature("N35b", .nginx, verify("(9:"), .failure(.tlsCertNotYetValid)),
    Signature("N35c", .nginx, verify("(18:"), .failure(.tlsCertSelfSigned)),
    Signature("N35d", .nginx, verify("(19:"), .failure(.tlsCertSelfSigned, or: [.tlsCertUntrusted], .likely)),
    Signature(
      "N35e", .nginx, verify("(20:"), .failure(.tlsCertUntrusted, or: [.tlsCertIncompleteChain], .likely),
      note: "proxy_ssl_trusted_certificate lacks the issuer, or the endpoint does not send its intermediate."),
    Signature(
      "N35f", .nginx, verify("(21:"), .failure(.tlsCertUntrusted, or: [.tlsCertIncompleteChain], .likely)),
    Signature("N35g", .nginx, verify("(62:"), .failure(.tlsNameMismatch)),
    Signature(
      "N35h", .nginx, [.contains(.message, "upstream SSL certificate verify error")],
      .failure(.tlsCertUntrusted, or: [.tlsCertExpired, .tlsNameMismatch, .tlsCertIncompleteChain], .possible)),
    Signature(
      "N36", .nginx, [.contains(.message, "upstream SSL certificate does not match \"")], .failure(.tlsNameMismatch)),
    Signature(
      "N33b", .nginx, handshake(["wrong version number", "packet length too long", "http request"]),
      .failure(.tlsToPlaintextPort), note: "What came back was no TLS record."),
    Signature(
      "N33c", .nginx,
      handshake(["alert certificate required", "alert bad certificate", "alert number 116", "alert number 42"]),
      .failure(.tlsClientCertificateWanted, or: [.tlsAlert], .likely)),
    Signature(
      "N33d", .nginx, handshake(["alert protocol version", "alert number 70", "unsupported protocol"]),
      .failure(.tlsVersionMismatch)),
    Signature(
      "N33e", .nginx, handshake(["alert unrecognized name", "alert number 112"]),
      .failure(.tlsAlert, or: [.tlsNameMismatch], .likely), who: .configuration,
      note: "The endpoint does not know the name that was asked for: proxy_ssl_server_name and proxy_ssl_name."),
    Signature(
      "N33f", .nginx, handshake(["alert handshake failure", "alert number 40"]),
      .failure(.tlsAlert, or: [.tlsCipherMismatch, .tlsClientCertificateWanted, .tlsNameMismatch], .likely),
      note: "The endpoint shares no cipher, wants a client certificate, or wants a name: proxy_ssl_server_name on."),
    Signature("N33g", .nginx, handshake(["alert"]), .failure(.tlsAlert)),
    Signature(
      "N33h", .nginx, handshake(["no shared cipher", "no ciphers available", "key too small", "bad ecpoint"]),
      .failure(.tlsCipherMismatch, .likely)),
    Signature(
      "N33i", .nginx, handshake(["certificate verify failed", "certificate"]),
      .failure(.tlsCertUntrusted, or: [.tlsCertExpired, .tlsNameMismatch, .tlsCertIncompleteChain], .possible)),
    Signature(
      "N34", .nginx, [.contains(.message, "peer closed connection in SSL handshake"), .contains(.message, toUpstream)],
      .failure(.tlsClosedInHandshake)),
    Signature(
      "N33j", .nginx, handshake(["failed (104:", "failed (54:"]), .failure(.tlsClosedInHandshake),
      note: "The endpoint reset the connection in the handshake."),
    Signature("N33", .nginx, handshake(["failed ("]), .failure(.tlsHandshakeFailed)),
  ]

  private static let toUpstream = "to upstream"

  private static func verify(_ number: String) -> [SignatureCondition] {
    [.contains(.message, "upstream SSL certificate verify error: \(number)")]
  }

  private static func handshake(_ texts: [String]) -> [SignatureCondition] {
    [
      .contains(.message, "SSL_do_handshake() failed"), .contains(.message, "while SSL handshaking to upstream"),
      .containsAny(.message, texts),
    ]
  }
}
