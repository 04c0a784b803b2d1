internal import SluiceCore
internal import SluiceDiagnosis

/// Texts of Go's own libraries, which Caddy and Traefik pass on as they are: G01 to G21 and more.
///
/// They stand in `errorText`, without what the product writes around them.
enum GoSignatures {
  static func rows(for product: LogProduct) -> [Signature] {
    ends(product) + names(product) + connecting(product) + handshakes(product) + responses(product)
      + streams(product) + closing(product)
  }

  /// What ended the request from the client's side: before all others, as the same text may name a connection.
  private static func ends(_ product: LogProduct) -> [Signature] {
    [
      Signature("G22", product, [.contains(.errorText, "context canceled")], .failure(.clientAborted)),
      Signature(
        "G23", product, [.contains(.errorText, "client disconnected")], .failure(.clientAborted)),
      Signature(
        "G24", product, [.contains(.errorText, "http: request body too large")], .failure(.requestBodyTooLarge)),
    ]
  }

  private static func names(_ product: LogProduct) -> [Signature] {
    [
      Signature(
        "G04", product, [.contains(.errorText, "no such host")],
        .failure(.dnsNxdomain, or: [.dnsNoAddress], .likely),
        note: "Go writes the same for a name without an address."),
      Signature(
        "G04-servfail", product, [.contains(.errorText, "server misbehaving")],
        .failure(.dnsServfail, or: [.dnsRefused], .likely)),
      Signature(
        "G04-temporary", product, [.contains(.errorText, "Temporary failure in name resolution")],
        .failure(.dnsServfail, or: [.dnsTimeout], .likely)),
      Signature(
        "G04-timeout", product, [.contains(.errorText, "lookup "), .contains(.errorText, "i/o timeout")],
        .failure(.dnsTimeout)),
      Signature(
        "G04-refused", product,
        [
          .contains(.errorText, "lookup "), .contains(.errorText, ":53"), .contains(.errorText, "connection refused"),
        ],
        .failure(.dnsServfail), who: .network, note: "Nothing answers at the name server's port."),
    ]
  }

  private static func connecting(_ product: LogProduct) -> [Signature] {
    [
      Signature("G01", product, [.contains(.errorText, "connect: connection refused")], .failure(.connectRefused)),
      Signature(
        "G02", product, [.contains(.errorText, "dial tcp"), .contains(.errorText, "i/o timeout")],
        .failure(.connectTimeout)),
      Signature(
        "G02-kernel", product, [.contains(.errorText, "connect: connection timed out")], .failure(.connectTimeout)),
      Signature(
        "G02-deadline", product, [.contains(.errorText, "dial tcp"), .contains(.errorText, "deadline exceeded")],
        .failure(.connectTimeout)),
      Signature("G03", product, [.contains(.errorText, "no route to host")], .failure(.hostUnreachable)),
      Signature("G03-host", product, [.contains(.errorText, "host is unreachable")], .failure(.hostUnreachable)),
      Signature("G03-net", product, [.contains(.errorText, "network is unreachable")], .failure(.netUnreachable)),
      Signature(
        "G05", product, [.contains(.errorText, "cannot assign requested address")], .failure(.localPortsExhausted)),
      Signature("G06", product, [.contains(.errorText, "too many open files")], .failure(.localFdsOrMemory)),
      Signature(
        "G06-memory", product, [.contains(.errorText, "no buffer space available")], .failure(.localFdsOrMemory)),
      Signature(
        "G25", product, [.contains(.errorText, "dial unix"), .contains(.errorText, "no such file or directory")],
        .failure(.unixSocketMissing)),
      Signature(
        "G25-permission", product, [.contains(.errorText, "dial unix"), .contains(.errorText, "permission denied")],
        .failure(.unixSocketPermission)),
      Signature(
        "G25-full", product,
        [.contains(.errorText, "dial unix"), .contains(.errorText, "resource temporarily unavailable")],
        .failure(.backlogFull)),
      Signature(
        "G26", product, [.contains(.errorText, "connect: connection reset by peer")], .failure(.connectReset)),
    ]
  }

  private static func handshakes(_ product: LogProduct) -> [Signature] {
    [
      Signature(
        "G11", product, [.contains(.errorText, "TLS handshake timeout")], .failure(.tlsHandshakeTimeout)),
      Signature(
        "G12-early", product,
        [.contains(.errorText, "has expired or is not yet valid"), .contains(.errorText, "is before")],
        .failure(.tlsCertNotYetValid)),
      Signature(
        "G12", product, [.contains(.errorText, "has expired or is not yet valid"), .contains(.errorText, "is after")],
        .failure(.tlsCertExpired)),
      Signature(
        "G12-either", product, [.contains(.errorText, "has expired or is not yet valid")],
        .failure(.tlsCertExpired, or: [.tlsCertNotYetValid], .likely)),
      Signature(
        "G13", product, [.contains(.errorText, "certificate signed by unknown authority")],
        .failure(.tlsCertUntrusted, or: [.tlsCertSelfSigned, .tlsCertIncompleteChain], .likely),
        note: "Go writes the same for a self-signed certificate and for a chain with a part missing."),
      Signature("G14", product, [.contains(.errorText, "certificate is valid for")], .failure(.tlsNameMismatch)),
      Signature("G14-ip", product, [.contains(.errorText, "contain any IP SANs")], .failure(.tlsNameMismatch)),
      Signature(
        "G14-none", product, [.contains(.errorText, "certificate is not valid for any names")],
        .failure(.tlsNameMismatch)),
      Signature(
        "G14-old", product, [.contains(.errorText, "relies on legacy Common Name")], .failure(.tlsNameMismatch)),
      Signature(
        "G15", product, [.contains(.errorText, "first record does not look like a TLS handshake")],
        .failure(.tlsToPlaintextPort)),
      Signature(
        "G15-answer", product, [.contains(.errorText, "server gave HTTP response to HTTPS client")],
        .failure(.tlsToPlaintextPort)),
      Signature(
        "G16-certificate", product, [.contains(.errorText, "remote error: tls: certificate required")],
        .failure(.tlsClientCertificateWanted)),
      Signature(
        "G16-bad", product, [.contains(.errorText, "remote error: tls: bad certificate")],
        .failure(.tlsClientCertificateWanted, or: [.tlsAlert], .likely)),
      Signature(
        "G16-issuer", product, [.contains(.errorText, "remote error: tls: unknown certificate authority")],
        .failure(.tlsClientCertificateWanted, or: [.tlsAlert], .likely)),
      Signature(
        "G16-version", product, [.contains(.errorText, "remote error: tls: protocol version not supported")],
        .failure(.tlsVersionMismatch)),
      Signature(
        "G16-name", product, [.contains(.errorText, "remote error: tls: unrecognized name")],
        .failure(.tlsNameMismatch, or: [.tlsAlert], .likely)),
      Signature(
        "G16-handshake", product, [.contains(.errorText, "remote error: tls: handshake failure")],
        .failure(.tlsCipherMismatch, or: [.tlsClientCertificateWanted, .tlsAlert], .likely)),
      Signature(
        "G16-refused", product,
        [
          .contains(.errorText, "remote error: tls:"),
          .containsAny(
            .errorText,
            [
              "unsupported certificate", "revoked certificate", "expired certificate", "unknown certificate",
              "access denied",
            ]),
        ], .failure(.tlsClientCertificateWanted, or: [.tlsAlert], .likely)),
      Signature(
        "G16-strength", product, [.contains(.errorText, "remote error: tls: insufficient security level")],
        .failure(.tlsCipherMismatch, or: [.tlsAlert], .likely)),
      Signature(
        "G16-fallback", product, [.contains(.errorText, "remote error: tls: inappropriate fallback")],
        .failure(.tlsVersionMismatch, or: [.tlsAlert], .likely)),
      Signature(
        "G29-local", product, [.contains(.errorText, "local error: tls:")], .failure(.tlsHandshakeFailed, .likely)),
      Signature("G16", product, [.contains(.errorText, "remote error: tls:")], .failure(.tlsAlert)),
      Signature(
        "G27", product, [.contains(.errorText, "server selected unsupported protocol version")],
        .failure(.tlsVersionMismatch)),
      Signature("G28", product, [.contains(.errorText, "x509: ")], .failure(.tlsCertUntrusted, .possible)),
      Signature("G29", product, [.starts(.errorText, "tls: ")], .failure(.tlsHandshakeFailed, .likely)),
    ]
  }
}
