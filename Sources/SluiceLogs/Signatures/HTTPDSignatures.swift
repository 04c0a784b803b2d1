internal import SluiceCore
internal import SluiceDiagnosis

/// What Apache httpd writes to its error log: a number, `AH00957`, and before it the error of the system or of APR.
///
/// httpd tells one failure in several lines: the first says what happened, the later ones (AH01114, AH00898, AH01097)
/// say only that something did. Those are less sure, so that the first one decides where it is there. Numbers of APR:
/// 70007 a timeout, 70008 incomplete, 70014 the connection's end, 20014 an error that was told before. Texts without
/// numbers are those of 2.2.
extension Signature {
  static let httpd: [Signature] =
    httpdConnecting + httpdHandshake + httpdResponse + httpdPrograms + httpdClient + httpdEvents + httpdAccess

  private static let httpdConnecting: [Signature] = [
    connect("A01", ["111", "61", "146"], .failure(.connectRefused)),
    connect("A02", ["110", "60", "70007", "145"], .failure(.connectTimeout)),
    connect("A03", ["113", "65", "64", "112"], .failure(.hostUnreachable)),
    connect("A03b", ["101", "51"], .failure(.netUnreachable)),
    connect("A26", ["104", "54"], .failure(.connectReset)),
    connect("A27", ["99", "49"], .failure(.localPortsExhausted)),
    connect("A28", ["24", "23", "12", "105"], .failure(.localFdsOrMemory)),
    connect("A29", ["11", "35"], .failure(.backlogFull)),
    Signature(
      "A30", .httpd, [attempt, .is(.errorCode, ["13", "1"]), .contains(.message, "nix domain socket")],
      .failure(.unixSocketPermission)),
    connect(
      "A31", ["13", "1"], .failure(.ipProhibited, .likely),
      note: "This machine forbids the connection: SELinux (httpd_can_network_connect), AppArmor or a firewall rule."),
    connect("A32", ["2"], .failure(.unixSocketMissing)),
    connect(
      "A33", nil, .failure(.connectRefused, or: [.connectTimeout, .hostUnreachable, .localFdsOrMemory], .possible)),
    Signature(
      "A04", .httpd, [.containsAny(.message, ["AH01114:", "AH01079:", "failed to make connection to backend"])],
      .failure(
        .connectRefused,
        or: [
          .connectTimeout, .hostUnreachable, .netUnreachable, .unixSocketMissing, .unixSocketPermission, .backlogFull,
          .allUnhealthy,
        ], .possible)),
    Signature(
      "A05", .httpd,
      [.containsAny(.message, ["AH00959:", "ap_proxy_connect_backend disabling worker for"])], .event(.endpointDown),
      note: "The endpoint gets no requests for the time of retry=."),
    Signature(
      "A06", .httpd, [.containsAny(.message, ["AH00940:", "disabled connection for"])], .failure(.allUnhealthy)),
    Signature(
      "A07", .httpd, [.containsAny(.message, ["AH01167:", "All workers are in error state"])], .failure(.allUnhealthy)),
    Signature(
      "A08", .httpd, [.containsAny(.message, ["AH00934:", "all workers are busy"])], .failure(.poolQueueFull)),
    Signature(
      "A23", .httpd, [dns, .is(.errorCode, ["EAI 2", "670002", "EAI 8"])], .failure(.dnsNxdomain)),
    Signature("A23b", .httpd, [dns, .is(.errorCode, ["EAI 5", "EAI 7"])], .failure(.dnsNoAddress)),
    Signature(
      "A23c", .httpd, [dns, .is(.errorCode, ["EAI 3", "670003"])], .failure(.dnsServfail, or: [.dnsTimeout], .likely)),
    Signature("A23d", .httpd, [dns], .failure(.dnsNxdomain, or: [.dnsServfail, .dnsTimeout], .likely)),
    Signature(
      "A24", .httpd, [.containsAny(.message, ["AH01144:", "No protocol handler was valid for the URL"])],
      .failure(.routeNotFound, .likely), who: .configuration,
      note: "The module for this scheme is not loaded (mod_proxy_http, mod_proxy_fcgi, mod_proxy_wstunnel)."),
  ]

  private static let dns = SignatureCondition.contains(.message, "DNS lookup failure for:")
  private static let attempt = SignatureCondition.containsAny(
    .message, ["AH00957:", "AH02454:", "attempt to connect to"])

  /// An attempt to connect that failed with one of these errors; nil: whatever error.
  private static func connect(
    _ id: String, _ codes: [String]?, _ meaning: Signature.Meaning, note: String? = nil
  ) -> Signature {
    Signature(id, .httpd, [attempt] + (codes.map { [.is(.errorCode, $0)] } ?? []), meaning, note: note)
  }

  private static let httpdHandshake: [Signature] = [
    Signature(
      "A21", .httpd, [.containsAny(.message, ["AH02004:", "Peer certificate is expired"])], .failure(.tlsCertExpired)),
    Signature(
      "A22", .httpd,
      [.containsAny(.message, ["AH02411:", "AH02005:", "Peer certificate does not match for hostname"])],
      .failure(.tlsNameMismatch)),
    verify("A34", "Error (10)", .failure(.tlsCertExpired)),
    verify("A34b", "Error (9)", .failure(.tlsCertNotYetValid)),
    verify("A34c", "Error (18)", .failure(.tlsCertSelfSigned)),
    verify("A34d", "Error (19)", .failure(.tlsCertUntrusted, or: [.tlsCertSelfSigned], .likely)),
    verify("A34e", "Error (2", .failure(.tlsCertUntrusted, or: [.tlsCertIncompleteChain], .likely)),
    verify("A34f", "Error (", .failure(.tlsCertUntrusted, or: [.tlsCertExpired], .possible)),
    Signature(
      "A20", .httpd, [.containsAny(.message, ["AH02003:", "SSL Proxy connect failed"])],
      .failure(.tlsHandshakeFailed, or: handshakes, .likely)),
    Signature(
      "A19", .httpd, [.contains(.message, "Error during SSL Handshake with remote server")],
      .failure(.tlsHandshakeFailed, or: handshakes, .likely),
      note: "With LogLevel ssl:info the line before this one tells why."),
  ]

  private static let handshakes: [Cause] = .handshakes + [.tlsHandshakeTimeout]

  /// The certificate of an endpoint: that of a client stands behind `[client`.
  private static func verify(_ id: String, _ error: String, _ meaning: Signature.Meaning) -> Signature {
    Signature(
      id, .httpd,
      [.contains(.message, "Certificate Verification: "), .contains(.message, error), .present(.endpoint)], meaning)
  }
}
