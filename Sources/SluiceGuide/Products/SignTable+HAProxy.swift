internal import SluiceCore

extension SignTable {
  static let haproxy: [ProductSign] = [
    .init(
      .haproxy, [.connectRefused, .hostUnreachable, .tlsHandshakeFailed], 503, "SC-- with an endpoint named",
      keys: ["SC"], note: "Every failure to connect is a 503; bc_err tells which."),
    .init(.haproxy, [.allUnhealthy, .poolEmpty], 503, "SC-- and <NOSRV>", keys: ["SC", "NOSRV"]),
    .init(.haproxy, [.connectTimeout], 503, "sC--", keys: ["sC"]),
    .init(
      .haproxy, [.closedBeforeResponse, .resetBeforeResponse, .truncatedHeaders], 502, "SH--", keys: ["SH"]),
    .init(
      .haproxy, [.staleKeepalive], nil, "nothing: no log line, and the client's connection is closed",
      note: "When a reused connection to the endpoint breaks, HAProxy lets the client try again."),
    .init(.haproxy, [.responseHeaderTimeout], 504, "sH--", keys: ["sH"]),
    .init(
      .haproxy, [.invalidHeader, .notHttp, .headerSectionTooLarge, .badFraming], 502, "PH-- with 502", keys: ["PH"],
      note: "`show errors` on the stats socket shows the bytes."),
    .init(.haproxy, [.proxyBug], 500, "PH-- with 500", keys: ["PH"], note: "A rule that rewrites the response failed."),
    .init(.haproxy, [.truncatedBody], nil, "SD--", keys: ["SD"]),
    .init(.haproxy, [.bodyIdleTimeout], nil, "sD--", keys: ["sD"]),
    .init(.haproxy, [.badChunk], nil, "PD--", keys: ["PD"]),
    .init(.haproxy, [.poolQueueTimeout], 503, "sQ--", keys: ["sQ"]),
    .init(.haproxy, [.poolQueueFull], 503, "SQ--", keys: ["SQ"]),
    .init(
      .haproxy, [.localPortsExhausted, .localFdsOrMemory], 503, "RC--", keys: ["RC"],
      note: "A resource of HAProxy's own machine: ports, descriptors, memory."),
    .init(.haproxy, [.localFdsOrMemory], 503, "PC--", keys: ["PC"], note: "The limit on connections of the process."),
    .init(
      .haproxy, [.allUnhealthy], 503, "DC-- and others that begin with D", keys: ["DC", "DH", "DD"],
      note: "The endpoint was marked down while the session went on."),
    .init(
      .haproxy, [.clientAborted], nil, "CC--, CH--, CQ--, CD--, CR--", keys: ["CC", "CH", "CQ", "CD", "CR"],
      note: "The client closed first; the second letter says how far the request had come."),
    .init(.haproxy, [.requestHeadTimeout, .clientBodyTimeout], 408, "cR--", keys: ["cR"]),
    .init(
      .haproxy, [.clientBodyTimeout, .clientAborted], nil, "cH--, cD--", keys: ["cH", "cD"],
      note: "The client sent or took nothing for too long."),
    .init(.haproxy, [.clientMalformed], 400, "PR--", keys: ["PR"], note: "Or 403 where a rule refused it."),
    .init(.haproxy, [.connectRefused], 503, "bc_err: EREFUSED", keys: ["EREFUSED"]),
    .init(.haproxy, [.connectReset], 503, "bc_err: ERESET", keys: ["ERESET"]),
    .init(.haproxy, [.hostUnreachable], 503, "bc_err: EUNREACH", keys: ["EUNREACH"]),
    .init(
      .haproxy, [.tlsHandshakeFailed], 503, "bc_err: SSL_HANDSHAKE, SSL_FATAL", keys: ["SSL_HANDSHAKE", "SSL_FATAL"]),
    .init(
      .haproxy, [.tlsClosedInHandshake], 503, "bc_err: SSL_EMPTY, SSL_ABORT", keys: ["SSL_EMPTY", "SSL_ABORT"]),
    .init(.haproxy, [.tlsHandshakeTimeout], 503, "bc_err: SSL_TIMEOUT", keys: ["SSL_TIMEOUT"]),
    .init(
      .haproxy, [.tlsCertUntrusted, .tlsCertExpired], 503, "bc_err: SSL_CA_FAIL, SSL_CRT_FAIL",
      keys: ["SSL_CA_FAIL", "SSL_CRT_FAIL"]),
    .init(
      .haproxy, [.tlsNameMismatch], 503, "bc_err: SSL_MISMATCH, SSL_MISMATCH_SNI",
      keys: ["SSL_MISMATCH", "SSL_MISMATCH_SNI"]),
    .init(
      .haproxy, [.localPortsExhausted], 503, "bc_err: FREE_PORTS, ADDR_INUSE, PORT_RANGE",
      keys: ["FREE_PORTS", "ADDR_INUSE", "PORT_RANGE"]),
    .init(
      .haproxy, [.localFdsOrMemory], 503, "bc_err: PROC_FDLIM, CONF_FDLIM, SYS_FDLIM, SYS_MEMLIM",
      keys: ["PROC_FDLIM", "CONF_FDLIM", "SYS_FDLIM", "SYS_MEMLIM"]),
    .init(
      .haproxy, [.allUnhealthy], nil, "… is DOWN, reason: Layer4 connection problem",
      keys: ["L4CON", "L4TOUT", "L6RSP", "L6TOUT", "L7STS", "L7RSP", "L7TOUT"],
      note: "A health check failed. Layer4 is the connection, Layer6 TLS, Layer7 HTTP."),
    .init(.haproxy, [.allUnhealthy], 503, "… has no server available!"),
  ]
}
