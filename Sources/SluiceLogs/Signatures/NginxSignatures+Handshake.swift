internal import SluiceCore
internal import SluiceDiagnosis

extension Signature {
  /// TLS to the upstream. Texts of OpenSSL, BoringSSL and LibreSSL.
  static let nginxHandshake: [Signature] = [
    Signature(
      "N35", .nginx, verify("(10:"), .failure(.tlsCertExpired)),
    Signature("N35b", .nginx, verify("(9:"), .failure(.tlsCertNotYetValid)),
    Signature("N35c", .nginx, verify("(18:"), .failure(.tlsCertSelfSigned)),
    Signature("N35d", .nginx, verify("(19:"), .failure(.tlsCertUntrusted, or: [.tlsCertSelfSigned], .likely)),
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
      handshake([
        "alert number 116)", "alert number 41)", "alert number 42)", "alert number 43)", "alert number 44)",
        "alert number 45)", "alert number 46)", "alert number 48)", "alert number 49)",
      ]),
      .failure(.tlsClientCertificateWanted, or: [.tlsAlert], .likely)),
    Signature(
      "N33d", .nginx, handshake(["alert number 70)", "alert number 86)", "unsupported protocol"]),
      .failure(.tlsVersionMismatch)),
    Signature(
      "N33e", .nginx, handshake(["alert number 112)"]),
      .failure(.tlsAlert, or: [.tlsNameMismatch], .likely), who: .configuration,
      note: "The endpoint does not know the name that was asked for: proxy_ssl_server_name and proxy_ssl_name."),
    Signature(
      "N33f", .nginx, handshake(["alert number 40)"]),
      .failure(.tlsAlert, or: [.tlsCipherMismatch, .tlsClientCertificateWanted, .tlsNameMismatch], .likely),
      note: "The endpoint shares no cipher, wants a client certificate, or wants a name: proxy_ssl_server_name on."),
    Signature(
      "N33h", .nginx,
      handshake(["alert number 71)", "no shared cipher", "no ciphers available", "key too small", "bad ecpoint"]),
      .failure(.tlsCipherMismatch, .likely)),
    Signature("N33g", .nginx, handshake(["alert"]), .failure(.tlsAlert)),
    Signature(
      "N33i", .nginx, handshake(["certificate verify failed", "certificate"]),
      .failure(.tlsCertUntrusted, or: [.tlsCertExpired, .tlsNameMismatch, .tlsCertIncompleteChain], .possible)),
    Signature(
      "N34", .nginx, [.contains(.message, "peer closed connection in SSL handshake"), .contains(.message, toUpstream)],
      .failure(.tlsClosedInHandshake)),
    Signature(
      "N33j", .nginx,
      [
        .contains(.message, "SSL_do_handshake() failed ("), .contains(.message, actions[0]),
        .containsAny(.message, reset),
      ], .failure(.tlsClosedInHandshake),
      note: "The endpoint reset the connection in the handshake."),
    Signature(
      "N33", .nginx, [.contains(.message, "SSL_do_handshake() failed"), .contains(.message, actions[0])],
      .failure(.tlsHandshakeFailed)),
  ]

  private static let toUpstream = "to upstream"

  private static func verify(_ number: String) -> [SignatureCondition] {
    [.contains(.message, "upstream SSL certificate verify error: \(number)")]
  }

  /// In TLS 1.3 the endpoint judges our certificate when our side of the handshake is over: its alert is then read
  /// where the response should be.
  private static let actions = [
    "while SSL handshaking to upstream", "while reading response header from upstream", "request to upstream",
  ]

  private static func handshake(_ texts: [String]) -> [SignatureCondition] {
    [
      .containsAny(.message, ["SSL_do_handshake() failed", "SSL_read() failed", "SSL_write() failed"]),
      .containsAny(.message, actions), .containsAny(.message, texts),
    ]
  }
}
