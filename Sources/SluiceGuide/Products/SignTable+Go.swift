internal import SluiceCore

extension SignTable {
  /// Caddy and Traefik are written in Go and share its texts; their statuses differ.
  static let caddy: [ProductSign] =
    goTexts.map { .init(.caddy, $0.causes, $0.caddy, $0.text) } + [
      .init(.caddy, [.allUnhealthy], 503, "no upstreams available"),
      .init(.caddy, [.truncatedBody], nil, "aborting with incomplete response"),
      .init(
        .caddy, [.allUnhealthy], nil, "http.handlers.reverse_proxy.health_checker.active: HTTP request failed",
        note: "A health check failed; `host is up` ends it."),
      .init(
        .caddy, [.dnsServfail, .poolEmpty], nil,
        "failed getting dynamic upstreams; falling back to static upstreams"),
      .init(.caddy, [.clientAborted], 499, "\"status\":499 in the access log", note: "Older versions write 0."),
    ]

  static let traefik: [ProductSign] =
    goTexts.map { .init(.traefik, $0.causes, $0.traefik, $0.text) } + [
      .init(
        .traefik, [.connectRefused, .closedBeforeResponse], 502, "'502 Bad Gateway' caused by: …",
        note: "At the level DEBUG; what follows is one of the texts of Go."),
      .init(.traefik, [.allUnhealthy, .poolEmpty], 503, "no available server", note: "The body of its 503."),
      .init(.traefik, [.clientAborted], 499, "499 Client Closed Request … context canceled"),
      .init(.traefik, [.allUnhealthy], nil, "Health check failed. … targetURL"),
      .init(
        .traefik, [.upstreamStatus], 500, "Error calling …",
        note: "The service that checks who signs in cannot be reached."),
      .init(.traefik, [.poolQueueFull], 429, "inFlightReq", note: "The middleware that bounds requests under way."),
    ]

  private struct GoText {
    let causes: [Cause]
    let caddy: Int?
    let traefik: Int?
    let text: String
  }

  private static func go(_ causes: [Cause], _ caddy: Int?, _ traefik: Int?, _ text: String) -> GoText {
    GoText(causes: causes, caddy: caddy, traefik: traefik, text: text)
  }

  private static let goTexts: [GoText] = [
    go([.connectRefused], 502, 502, "dial tcp …: connect: connection refused"),
    go([.connectTimeout], 502, 504, "dial tcp …: i/o timeout"),
    go([.hostUnreachable, .netUnreachable], 502, 502, "connect: no route to host, or: network is unreachable"),
    go([.dnsNxdomain], 502, 502, "lookup …: no such host"),
    go([.dnsServfail], 502, 502, "lookup …: server misbehaving"),
    go([.localPortsExhausted], 502, 502, "connect: cannot assign requested address"),
    go([.localFdsOrMemory], 502, 502, "socket: too many open files"),
    go([.closedBeforeResponse, .staleKeepalive], 502, 502, "EOF"),
    go([.resetBeforeResponse, .staleKeepalive], 502, 502, "read: connection reset by peer"),
    go([.writeFailed], 502, 502, "write: broken pipe, or: write: connection reset by peer"),
    go([.responseHeaderTimeout], 504, 504, "net/http: timeout awaiting response headers"),
    go([.tlsHandshakeTimeout], 504, 504, "net/http: TLS handshake timeout"),
    go([.tlsCertExpired, .tlsCertNotYetValid], 502, 500, "x509: certificate has expired or is not yet valid"),
    go([.tlsCertUntrusted, .tlsCertSelfSigned], 502, 500, "x509: certificate signed by unknown authority"),
    go([.tlsNameMismatch], 502, 500, "x509: certificate is valid for …, not …; or: doesn't contain any IP SANs"),
    go(
      [.tlsToPlaintextPort], 502, 500,
      "tls: first record does not look like a TLS handshake; http: server gave HTTP response to HTTPS client"),
    go([.tlsAlert], 502, 502, "remote error: tls: …"),
    go(
      [.notHttp, .plaintextToTlsPort], 502, 500,
      "net/http: HTTP/1.x transport connection broken: malformed HTTP response"),
    go([.invalidHeader], 502, 500, "malformed MIME header …"),
    go([.headerSectionTooLarge], 502, 500, "net/http: server response headers exceeded … bytes; aborted"),
    go([.h2GoawayUnprocessed], 502, 500, "http2: server sent GOAWAY and closed the connection"),
    go([.h2StreamReset], 502, 500, "stream error: stream ID …; …"),
    go([.truncatedHeaders, .truncatedBody], 502, 500, "unexpected EOF"),
  ]
}
