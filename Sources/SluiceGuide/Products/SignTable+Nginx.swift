internal import SluiceCore

extension SignTable {
  static let nginx: [ProductSign] = [
    .init(.nginx, [.connectRefused], 502, "connect() failed (111: Connection refused) while connecting to upstream"),
    .init(
      .nginx, [.hostUnreachable, .netUnreachable], 502,
      "connect() failed (113: No route to host) while connecting to upstream; for a network (101: Network is unreachable)"
    ),
    .init(.nginx, [.unixSocketMissing], 502, "connect() to unix:… failed (2: No such file or directory)"),
    .init(
      .nginx, [.backlogFull], 502, "connect() to unix:… failed (11: Resource temporarily unavailable)",
      note: "The accept queue of the socket is full."),
    .init(
      .nginx, [.unixSocketPermission], 502, "failed (13: Permission denied) while connecting to upstream",
      note: "For a TCP address it is SELinux or AppArmor."),
    .init(.nginx, [.localPortsExhausted], 502, "failed (99: Cannot assign requested address)"),
    .init(.nginx, [.localFdsOrMemory], 500, "socket() failed (24: Too many open files)"),
    .init(
      .nginx, [.connectTimeout], 504, "upstream timed out (110: Connection timed out) while connecting to upstream"),
    .init(.nginx, [.tlsHandshakeTimeout], 504, "upstream timed out … while SSL handshaking to upstream"),
    .init(.nginx, [.writeTimeout], 504, "upstream timed out … while sending request to upstream"),
    .init(
      .nginx, [.responseHeaderTimeout], 504,
      "upstream timed out (110: Connection timed out) while reading response header from upstream"),
    .init(.nginx, [.bodyIdleTimeout], nil, "upstream timed out … while reading upstream"),
    .init(
      .nginx, [.closedBeforeResponse, .staleKeepalive], 502,
      "upstream prematurely closed connection while reading response header from upstream",
      note: "nginx does not say whether the connection was a reused one: see how old it was."),
    .init(.nginx, [.truncatedBody], nil, "upstream prematurely closed connection while reading upstream"),
    .init(
      .nginx, [.resetBeforeResponse, .staleKeepalive], 502,
      "recv() failed (104: Connection reset by peer) while reading response header from upstream"),
    .init(.nginx, [.truncatedBody], nil, "recv() failed (104: Connection reset by peer) while reading upstream"),
    .init(.nginx, [.writeFailed], 502, "writev() failed (32: Broken pipe) while sending request to upstream"),
    .init(
      .nginx, [.allUnhealthy, .poolQueueFull], 502, "no live upstreams while connecting to upstream",
      note: "All are marked failed by max_fails, or max_conns is reached."),
    .init(
      .nginx, [.allUnhealthy], nil, "upstream server temporarily disabled while …", note: "An endpoint was left out."),
    .init(.nginx, [.dnsNxdomain], 502, "… could not be resolved (3: Host not found)"),
    .init(.nginx, [.dnsServfail], 502, "… could not be resolved (2: Server failure)"),
    .init(.nginx, [.dnsRefused], 502, "… could not be resolved (5: Operation refused)"),
    .init(.nginx, [.dnsTimeout], 502, "… could not be resolved (110: Operation timed out)"),
    .init(.nginx, [.dnsServfail], 502, "no resolver defined to resolve …", note: "Its configuration lacks `resolver`."),
    .init(.nginx, [.clientAborted], 499, "client prematurely closed connection, so upstream connection is closed too"),
  ]

  static let nginxResponses: [ProductSign] = [
    .init(
      .nginx, [.headerSectionTooLarge], 502, "upstream sent too big header while reading response header from upstream",
      note: "Larger than proxy_buffer_size, by default one page of memory."),
    .init(.nginx, [.invalidHeader], 502, "upstream sent invalid header: …"),
    .init(
      .nginx, [.notHttp], 200, "upstream sent no valid HTTP/1.0 header while reading response header from upstream",
      note: "The bytes are passed on as a response of HTTP/0.9, with status 200."),
    .init(.nginx, [.badFraming], 502, "upstream sent duplicate header line: …"),
    .init(
      .nginx, [.badFraming], 502,
      "upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time"),
    .init(.nginx, [.badFraming], 502, "upstream sent invalid \"Content-Length\" header: …"),
    .init(.nginx, [.badFraming], 502, "upstream sent unknown \"Transfer-Encoding\": …"),
    .init(.nginx, [.badChunk], 502, "upstream sent invalid chunked response"),
    .init(.nginx, [.excessBody], nil, "upstream sent more data than specified in \"Content-Length\" header"),
    .init(
      .nginx, [.tlsHandshakeFailed], 502, "SSL_do_handshake() failed (SSL: …) while SSL handshaking to upstream",
      note: "wrong version number is `tls_to_plaintext_port`, alert is `tls_alert`."),
    .init(.nginx, [.tlsToPlaintextPort], 502, "SSL_do_handshake() failed (SSL: … wrong version number)"),
    .init(.nginx, [.tlsAlert], 502, "SSL_do_handshake() failed (SSL: … alert …)"),
    .init(.nginx, [.tlsClosedInHandshake], 502, "peer closed connection in SSL handshake … to upstream"),
    .init(
      .nginx, [.tlsCertExpired], 502, "upstream SSL certificate verify error: (10:certificate has expired)"),
    .init(.nginx, [.tlsCertSelfSigned], 502, "upstream SSL certificate verify error: (18:self-signed certificate)"),
    .init(
      .nginx, [.tlsCertUntrusted, .tlsCertIncompleteChain], 502,
      "upstream SSL certificate verify error: (20:unable to get local issuer certificate)"),
    .init(.nginx, [.tlsNameMismatch], 502, "upstream SSL certificate does not match \"…\""),
    .init(
      .nginx, [.h2StreamReset, .h2RefusedStream], 502, "upstream rejected request with error …",
      note: "gRPC and HTTP/2. Error 7 is a refused stream; nginx does not repeat it by default."),
    .init(.nginx, [.h2GoawayUnprocessed], 502, "upstream sent goaway with error …"),
    .init(.nginx, [.closedBeforeResponse], 502, "upstream prematurely closed stream"),
    .init(
      .nginx, [.h2ProtocolViolation], 502,
      "upstream sent frame for closed stream …; also: unknown stream, violated stream flow control"),
    .init(.nginx, [.headerTooLarge], 502, "upstream sent too large http2 header …"),
    .init(
      .nginx, [.closedBeforeResponse], 502, "upstream prematurely closed FastCGI stdout",
      note: "A worker of PHP-FPM ended."),
    .init(.nginx, [.notHttp], 502, "upstream sent unexpected FastCGI record"),
    .init(.nginx, [.rateLimited], 503, "limiting requests, excess: …", note: "503 unless limit_req_status says 429."),
    .init(.nginx, [.requestBodyTooLarge], 413, "client intended to send too large body: … bytes"),
    .init(.nginx, [.requestHeadTooLarge], 400, "client sent too long header line / too large request"),
    .init(
      .nginx, [.requestPlaintextOnTlsPort], 400, "client sent plain HTTP request to HTTPS port",
      note: "Logged as 497, answered 400."),
  ]
}
