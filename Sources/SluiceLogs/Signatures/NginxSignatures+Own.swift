internal import SluiceCore
internal import SluiceDiagnosis

extension Signature {
  /// Limits and errors of nginx itself.
  static let nginxOwn: [Signature] = [
    Signature(
      "N55", .nginx, [.contains(.message, "worker_connections are not enough"), .present(.client)],
      .failure(.localFdsOrMemory), who: .configuration, note: "Raise worker_connections in the events block."),
    Signature(
      "N56", .nginx, [.contains(.message, "worker_connections are not enough")],
      .event(.limitReached, .localFdsOrMemory)),
    Signature(
      "N57", .nginx, [.containsAny(.message, ["(24: ", "(23: "]), .contains(.message, "failed (")],
      .event(.limitReached, .localFdsOrMemory), note: "nginx has no file descriptor left."),
    Signature(
      "N58", .nginx, [.contains(.message, "limiting requests"), .containsNone(.message, ["dry run"])],
      .failure(.rateLimited)),
    Signature(
      "N59", .nginx, [.contains(.message, "limiting connections by zone"), .containsNone(.message, ["dry run"])],
      .failure(.rateLimited)),
    Signature(
      "N60", .nginx, [.contains(.message, "rewrite or internal redirection cycle")], .failure(.loopDetected)),
    Signature(
      "N61", .nginx,
      [
        .containsAny(
          .message, ["(12: Cannot allocate memory)", "(12: Out of memory)", "ngx_slab_alloc() failed: no memory"])
      ],
      .event(.limitReached, .localFdsOrMemory)),
    Signature(
      "N62", .nginx, [.contains(.message, "(28: No space left on device)")], .event(.limitReached),
      note: "A disk that nginx buffers or writes to is full."),
  ]

  /// What clients do.
  static let nginxClient: [Signature] = [
    Signature("N42", .nginx, [.contains(.message, "client prematurely closed connection")], .failure(.clientAborted)),
    Signature(
      "N63", .nginx,
      [.contains(.message, "client timed out"), .contains(.message, "while reading client request body")],
      .failure(.clientBodyTimeout)),
    Signature(
      "N64", .nginx, [.contains(.message, "client timed out"), .contains(.message, "while reading client request")],
      .failure(.requestHeadTimeout)),
    Signature(
      "N65", .nginx, [.contains(.message, "client intended to send too large")], .failure(.requestBodyTooLarge),
      note: "The body is larger than client_max_body_size."),
    Signature(
      "N66", .nginx, [.contains(.message, "client sent plain HTTP request to HTTPS port")],
      .failure(.requestPlaintextOnTlsPort)),
    Signature(
      "N67", .nginx,
      [
        .contains(.message, "client sent "),
        .containsAny(.message, ["while reading client request", "while processing HTTP/2"]),
      ],
      .failure(.clientMalformed)),
  ]

  static let nginxEvents: [Signature] = [
    Signature("N68", .nginx, [.starts(.message, "nginx/"), .is(.level, ["notice"])], .event(.proxyStarted)),
    Signature(
      "N69", .nginx, [.is(.message, ["reconfiguring"])], .event(.proxyReloaded)),
    Signature(
      "N70", .nginx, [.starts(.message, "signal "), .contains(.message, "changing binary")], .event(.proxyReloaded),
      note: "The program was replaced by a new one while it ran."),
    Signature("N71", .nginx, [.starts(.message, "using inherited sockets from")], .event(.proxyReloaded)),
    Signature(
      "N72", .nginx,
      [
        .starts(.message, "signal "), .contains(.message, "received"),
        .containsAny(.message, ["exiting", "shutting down"]),
      ], .event(.proxyStopping)),
    Signature(
      "N73", .nginx, [.is(.message, ["signal process started"])], .event(.changed),
      note: "Somebody ran nginx -s, or a service manager did."),
    Signature(
      "N74", .nginx,
      [.contains(.message, "worker process"), .containsAny(.message, ["exited on signal", "exited with fatal code"])],
      .event(.proxyCrashed)),
    Signature(
      "N75", .nginx, [.contains(.message, "while health checking, peer:"), .contains(.message, "is unhealthy")],
      .event(.endpointDown)),
    Signature(
      "N76", .nginx, [.contains(.message, "while health checking, peer:"), .contains(.message, "is healthy")],
      .event(.endpointUp)),
    Signature(
      "N77", .nginx, [.starts(.message, "host not found in upstream")], .event(.changed, .dnsNxdomain),
      note: "nginx does not start, or keeps its old configuration, while a name cannot be resolved."),
  ]
}
