internal import SluiceCore
internal import SluiceDiagnosis

extension Signature {
  /// Health checks, starts and stops. Reasons are those of `check.c`.
  static let haproxyEvents: [Signature] = [
    down("H26", ["Layer4 connection problem", "Connection refused"], .connectRefused),
    down("H26b", ["Layer4 connection problem", "No route to host"], .hostUnreachable),
    down("H26c", ["Layer4 connection problem", "Network is unreachable"], .netUnreachable),
    down("H26d", ["Layer4 connection problem", "reset"], .connectReset),
    down("H26e", ["Layer4 connection problem"], .connectRefused),
    down("H26f", ["Layer4 timeout"], .connectTimeout),
    down("H26g", ["Layer6 timeout"], .tlsHandshakeTimeout),
    down("H26h", ["Layer6 invalid response"], .tlsHandshakeFailed),
    down("H26i", ["Layer7 timeout"], .responseHeaderTimeout),
    down("H26j", ["Layer7 wrong status"], .upstreamStatus),
    down("H26k", ["Layer7 invalid response"], .notHttp),
    down("H26l", ["Socket error"], .localFdsOrMemory),
    Signature(
      "H26m", .haproxy, [.contains(.message, "is going DOWN for maintenance (DNS NX")],
      .event(.endpointDown, .dnsNxdomain)),
    Signature(
      "H26n", .haproxy, [.contains(.message, "is going DOWN for maintenance (DNS timeout")],
      .event(.endpointDown, .dnsTimeout)),
    Signature(
      "H26o", .haproxy, [.containsAny(.message, ["(No IP for server", "(DNS refused", "(unspecified DNS error"])],
      .event(.endpointDown, .dnsServfail)),
    Signature(
      "H26p", .haproxy, [.containsAny(.message, [" is DOWN", " is going DOWN"]), named], .event(.endpointDown)),
    Signature(
      "H36", .haproxy, [.containsAny(.message, [" is UP", " administratively READY"]), named], .event(.endpointUp)),
    Signature(
      "H37", .haproxy, [.contains(.message, "Health check for"), .contains(.message, " failed, reason:")],
      .event(.checkFailed)),
    Signature("H27", .haproxy, [.contains(.message, "has no server available")], .event(.noEndpointLeft)),
    Signature(
      "H38", .haproxy,
      [.containsAny(.message, [" changed its IP from ", " enters drain state", "is stopping"]), named],
      .event(.changed)),
    Signature("H39", .haproxy, [.starts(.message, "Proxy "), .contains(.message, " started")], .event(.proxyStarted)),
    Signature(
      "H40", .haproxy, [.containsAny(.message, ["Reloading HAProxy", "New worker"])], .event(.proxyReloaded)),
    Signature(
      "H41", .haproxy,
      [.containsAny(.message, ["Proxy ", "Stopping "]), .containsAny(.message, [" stopped", "Stopping "])],
      .event(.proxyStopping)),
    Signature("H42", .haproxy, [.contains(.message, "Exiting Master process")], .event(.proxyStopping)),
    Signature(
      "H43", .haproxy,
      [
        .contains(.message, "orker"), .contains(.message, "exited with code"),
        .containsNone(.message, ["code 0", "code 143", "code 130", "(Exit)", "(Terminated)"]),
      ], .event(.proxyCrashed)),
    Signature(
      "H44", .haproxy,
      [.containsAny(.message, ["reached process FD limit", "reached system FD limit", "reached system memory limit"])],
      .event(.limitReached, .localFdsOrMemory)),
    Signature(
      "H55", .haproxy, [.starts(.message, "Connect() failed for backend"), .contains(.message, "backlog")],
      .event(.limitReached, .backlogFull)),
    Signature(
      "H56", .haproxy,
      [
        .starts(.message, "Connect() failed for backend"),
        .containsAny(.message, ["no free ports", "already in use", "local address"]),
      ], .event(.limitReached, .localPortsExhausted)),
    Signature("H45", .haproxy, [.starts(.message, "haproxy version is")], .event(.proxyStarted)),
  ]

  private static let named = SignatureCondition.containsAny(.message, ["Server ", "server "])

  private static func down(_ id: String, _ texts: [String], _ cause: Cause) -> Signature {
    Signature(
      id, .haproxy, [.contains(.message, " is DOWN")] + texts.map { .contains(.message, $0) },
      .event(.endpointDown, cause))
  }
}
