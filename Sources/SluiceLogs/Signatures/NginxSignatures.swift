internal import SluiceCore
internal import SluiceDiagnosis

/// What nginx writes to its error log, and at the end what its access log tells. The cause is the message together with
/// what nginx was doing, `while …`.
///
/// Numbers of system errors decide, not their texts: musl and FreeBSD word them otherwise, and FreeBSD numbers them
/// otherwise, so both numbers stand where they differ.
extension Signature {
  static let nginx: [Signature] =
    nginxNames + nginxConnecting + nginxHandshake + nginxTimeouts + nginxResponse + nginxHTTP2 + nginxOwn
    + nginxClient + nginxEvents + nginxAccess

  /// Choosing an endpoint and resolving its name.
  private static let nginxNames: [Signature] = [
    Signature(
      "N27", .nginx, [.contains(.message, "no live upstreams while connecting to upstream")],
      .failure(.allUnhealthy, or: [.poolQueueFull], .likely),
      note: "Every endpoint was disabled by earlier failures, or each has as many connections as max_conns allows."),
    Signature(
      "N28", .nginx, [.contains(.message, "upstream server temporarily disabled while")], .event(.endpointDown),
      note: "max_fails was reached; the endpoint gets no requests for fail_timeout."),
    Signature(
      "N29", .nginx, [.contains(.message, "could not be resolved (3:")],
      .failure(.dnsNxdomain, or: [.dnsNoAddress], .likely),
      note: "nginx writes the same where the name exists and has no address."),
    Signature("N29b", .nginx, [.contains(.message, "could not be resolved (5:")], .failure(.dnsRefused)),
    Signature("N30", .nginx, [.containsAny(.message, timedOutResolving)], .failure(.dnsTimeout)),
    Signature(
      "N29c", .nginx, [.containsAny(.message, ["could not be resolved (2:", "could not be resolved (1:"])],
      .failure(.dnsServfail)),
    Signature(
      "N29d", .nginx, [.contains(.message, "could not be resolved (")],
      .failure(.dnsServfail, or: [.dnsNxdomain, .dnsTimeout, .dnsNoAddress], .likely)),
    Signature(
      "N31", .nginx, [.contains(.message, "no resolver defined to resolve")], .failure(.dnsServfail, .likely),
      who: .configuration, note: "proxy_pass has a variable, so the name is resolved at run time: set resolver."),
    Signature(
      "N32", .nginx,
      [
        .containsAny(
          .message, ["no port in upstream", "no host in upstream", "invalid port in upstream", "invalid URL prefix in"])
      ], .failure(.poolEmpty, .likely), who: .configuration,
      note: "The target that variables of proxy_pass gave is no address."),
  ]

  private static let timedOutResolving = ["could not be resolved (110:", "could not be resolved (60:"]

  private static let nginxConnecting: [Signature] = [
    Signature(
      "N03", .nginx, [.contains(.message, "connect() to unix:"), .contains(.message, "failed (2:")],
      .failure(.unixSocketMissing)),
    Signature(
      "N04", .nginx,
      [.contains(.message, "connect() to unix:"), .containsAny(.message, ["failed (11:", "failed (35:"])],
      .failure(.backlogFull)),
    Signature(
      "N05", .nginx, [.contains(.message, "connect() to unix:"), .contains(.message, "failed (13:")],
      .failure(.unixSocketPermission), note: "The socket's mode, AppArmor or SELinux forbids it."),
    Signature(
      "N05b", .nginx, [.containsAny(.message, ["failed (13:", "failed (1:"]), .contains(.message, connecting)],
      .failure(.ipProhibited, .likely), who: .configuration,
      note: "This machine forbids the connection: SELinux (httpd_can_network_connect), AppArmor or a firewall rule."),
    Signature(
      "N01", .nginx, [.contains(.message, connecting), .containsAny(.message, refused)], .failure(.connectRefused)),
    Signature(
      "N02", .nginx, [.contains(.message, connecting), .containsAny(.message, ["failed (113:", "failed (65:"])],
      .failure(.hostUnreachable)),
    Signature(
      "N02b", .nginx, [.contains(.message, connecting), .containsAny(.message, ["failed (101:", "failed (51:"])],
      .failure(.netUnreachable)),
    Signature(
      "N06", .nginx, [.contains(.message, "connect()"), .containsAny(.message, ["failed (99:", "failed (49:"])],
      .failure(.localPortsExhausted)),
    Signature(
      "N45", .nginx,
      [.contains(.message, "connect()"), .contains(.message, connecting), .containsAny(.message, reset)],
      .failure(.connectReset, or: [.resetBeforeResponse], .likely)),
    Signature(
      "N46", .nginx,
      [.contains(.message, "connect()"), .contains(.message, connecting), .containsAny(.message, timedOut)],
      .failure(.connectTimeout), note: "The kernel gave up before proxy_connect_timeout did."),
    Signature(
      "N07", .nginx,
      [.contains(.message, "socket()"), .containsAny(.message, ["failed (24:", "failed (23:"]), .present(.client)],
      .failure(.localFdsOrMemory), note: "Raise worker_rlimit_nofile, or LimitNOFILE of the service."),
  ]

  static let connecting = "while connecting to upstream"
  static let refused = ["failed (111:", "failed (61:"]
  static let reset = ["failed (104:", "failed (54:"]
  static let timedOut = ["failed (110:", "failed (60:"]

  private static let nginxTimeouts: [Signature] = [
    Signature("N08", .nginx, timeout(connecting), .failure(.connectTimeout)),
    Signature("N09", .nginx, timeout("while SSL handshaking to upstream"), .failure(.tlsHandshakeTimeout)),
    Signature("N10", .nginx, timeout("while sending request to upstream"), .failure(.writeTimeout)),
    Signature("N11", .nginx, timeout("while reading response header from upstream"), .failure(.responseHeaderTimeout)),
    Signature(
      "N12", .nginx, timeout("while reading upstream"),
      .failure(.bodyIdleTimeout, or: [.notHttp, .responseHeaderTimeout, .badFraming, .unexpectedUpgrade], .likely),
      note: "nginx also waits so behind an answer that is not HTTP, and old versions behind an interim response."),
    Signature(
      "N47", .nginx, timeout("while proxying upgraded connection"), .failure(.bodyIdleTimeout, .likely),
      note: "Nothing was sent on a tunnel (WebSocket) for proxy_read_timeout."),
    Signature(
      "N48", .nginx, [.contains(.message, "upstream timed out (")],
      .failure(.responseHeaderTimeout, or: [.connectTimeout, .bodyIdleTimeout], .possible)),
  ]

  private static func timeout(_ action: String) -> [SignatureCondition] {
    [.contains(.message, "upstream timed out ("), .contains(.message, action)]
  }
}
