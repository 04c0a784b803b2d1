internal import SluiceCore
internal import SluiceDiagnosis

extension Signature {
  static let httpdEvents: [Signature] = [
    Signature("A50", .httpd, [.contains(.message, "resuming normal operations")], .event(.proxyStarted)),
    Signature(
      "A51", .httpd,
      [.containsAny(.message, ["Doing graceful restart", "Graceful restart requested", "Attempting to restart"])],
      .event(.proxyReloaded)),
    Signature(
      "A52", .httpd, [.containsAny(.message, ["caught SIGTERM, shutting down", "caught SIGWINCH, shutting down"])],
      .event(.proxyStopping)),
    Signature(
      "A53", .httpd, [.contains(.message, "exit signal"), .containsNone(.message, ["Terminated (15)"])],
      .event(.proxyCrashed)),
    Signature(
      "A54", .httpd, [.containsAny(.message, ["AH00060:", "seg fault or similar nasty error detected"])],
      .event(.proxyCrashed)),
    Signature(
      "A55", .httpd,
      [
        .containsAny(
          .message,
          [
            "reached MaxRequestWorkers", "reached MaxClients", "within MinSpareThreads of MaxRequestWorkers",
            "scoreboard is full",
          ])
      ], .event(.limitReached),
      note: "All workers of httpd are busy: new connections wait in the kernel's queue."),
    Signature(
      "A56", .httpd, [.contains(.message, "orcing worker ("), .contains(.message, "into error state")],
      .event(.endpointDown, .upstreamStatus), note: "failonstatus is configured."),
    Signature(
      "A57", .httpd, [.contains(.message, "ealth check DISABLING")], .event(.endpointDown)),
    Signature("A58", .httpd, [.contains(.message, "ealth check ENABLING")], .event(.endpointUp)),
    Signature(
      "A59", .httpd, [.is(.errorCode, ["24", "23"]), .contains(.message, "apr_socket_accept")],
      .event(.limitReached, .localFdsOrMemory)),
    Signature(
      "A60", .httpd, [.is(.errorCode, ["12", "11"]), .containsAny(.message, ["AH00159:", "fork: Unable to fork"])],
      .event(.limitReached, .localFdsOrMemory)),
    Signature("A61", .httpd, [.contains(.message, "no space left"), .missing(.client)], .event(.limitReached)),
  ]

  /// What an access log tells without the error log beside it: a status. httpd answers a refused connection with 503, a
  /// response that did not come in time with 502, a failed handshake and an unknown name with 500.
  static let httpdAccess: [Signature] = [
    Signature(
      "A70", .httpd, [.is(.status, ["502"])],
      .failure(
        .closedBeforeResponse,
        or: [
          .responseHeaderTimeout, .resetBeforeResponse, .staleKeepalive, .truncatedHeaders, .headerTooLarge,
          .upstreamStatus,
        ],
        .unknown)),
    Signature(
      "A71", .httpd, [.is(.status, ["503"])],
      .failure(
        .connectRefused, or: [.connectTimeout, .hostUnreachable, .allUnhealthy, .poolQueueFull, .upstreamStatus],
        .unknown)),
    Signature(
      "A72", .httpd, [.is(.status, ["504"])],
      .failure(.responseHeaderTimeout, or: [.writeTimeout, .upstreamStatus], .possible)),
    Signature(
      "A73", .httpd, [.is(.status, ["500"])],
      .failure(
        .upstreamStatus, or: [.tlsHandshakeFailed, .dnsNxdomain, .invalidHeader, .routeNotFound] + .handshakes,
        .possible)),
    Signature(
      "A75", .httpd, [.number(.status, 600...999)], .failure(.notHttp, or: [.invalidHeader], .likely),
      note: "The endpoint's status is none that HTTP has."),
    Signature("A74", .httpd, [.number(.status, 501...599)], .failure(.upstreamStatus, .possible)),
  ]
}
