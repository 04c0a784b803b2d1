internal import SluiceCore

extension SignTable {
  static let alb: [ProductSign] = [
    .init(
      .alb, [.upstreamStatus], 502, "elb_status_code 502, target_status_code 502",
      note: "The target itself answered so."),
    .init(
      .alb, [.connectRefused, .hostUnreachable, .tlsHandshakeFailed, .tlsHandshakeTimeout], 502,
      "elb_status_code 502, target_status_code -, request_processing_time -1"),
    .init(
      .alb, [.staleKeepalive, .closedBeforeResponse, .resetBeforeResponse], 502,
      "elb_status_code 502, target_status_code -, target_processing_time -1",
      note:
        "The target closed the connection: often its keep-alive is shorter than the 60 seconds of the load balancer."),
    .init(
      .alb, [.invalidHeader, .notHttp], 502, "elb_status_code 502, target_status_code -, a short target_processing_time"
    ),
    .init(.alb, [.connectTimeout], 504, "elb_status_code 504, request_processing_time -1", note: "After 10 seconds."),
    .init(
      .alb, [.responseHeaderTimeout], 504, "elb_status_code 504, target_processing_time -1 after the idle timeout",
      note: "60 seconds unless the idle timeout says otherwise."),
    .init(.alb, [.poolEmpty], 503, "elb_status_code 503, target:port -", note: "The target group has no targets."),
    .init(.alb, [.clientAborted], 460, "elb_status_code 460"),
    .init(.alb, [.clientMalformed], 463, "elb_status_code 463", note: "More than 30 addresses in X-Forwarded-For."),
    .init(.alb, [.upstreamStatus], 502, "error_reason LambdaInvalidResponse and others that begin with Lambda"),
    .init(.alb, [.requestHeadTooLarge], 0, "elb_status_code 000", note: "HTTP/2 fields that are too large."),
    .init(
      .alb, [.allUnhealthy], nil, "all targets unhealthy: requests go to all of them",
      note: "The load balancer fails open, so that no code tells of it."),
  ]

  static let cloudflare: [ProductSign] = [
    .init(
      .cloudflare, [.closedBeforeResponse, .resetBeforeResponse, .notHttp, .headerSectionTooLarge], 520,
      "Error 520: web server is returning an unknown error"),
    .init(.cloudflare, [.connectRefused], 521, "Error 521: web server is down"),
    .init(.cloudflare, [.connectTimeout], 522, "Error 522: connection timed out"),
    .init(.cloudflare, [.hostUnreachable, .netUnreachable], 523, "Error 523: origin is unreachable"),
    .init(.cloudflare, [.responseHeaderTimeout, .writeTimeout], 524, "Error 524: a timeout occurred"),
    .init(.cloudflare, [.tlsHandshakeFailed, .tlsVersionMismatch], 525, "Error 525: SSL handshake failed"),
    .init(
      .cloudflare, [.tlsCertExpired, .tlsCertUntrusted, .tlsCertSelfSigned, .tlsNameMismatch], 526,
      "Error 526: invalid SSL certificate"),
    .init(.cloudflare, [.dnsNxdomain, .dnsServfail], 530, "Error 530 with error 1016: origin DNS error"),
    .init(.cloudflare, [.rateLimited], 429, "Error 1015: you are being rate limited"),
    .init(
      .cloudflare, [.upstreamStatus], 502, "502 or 504 with Cloudflare's brand",
      note: "The origin's own answer; without the brand it is Cloudflare's edge."),
  ]

  static let others: [ProductSign] = [
    .init(.pingora, [.connectRefused], 502, "Fail to proxy: … ConnectRefused"),
    .init(.pingora, [.connectTimeout], 502, "Fail to proxy: … ConnectTimedout"),
    .init(.pingora, [.hostUnreachable], 502, "Fail to proxy: … ConnectNoRoute"),
    .init(.pingora, [.tlsHandshakeFailed], 502, "Fail to proxy: … TLSHandshakeFailure"),
    .init(.pingora, [.tlsHandshakeTimeout], 502, "Fail to proxy: … TLSHandshakeTimedout"),
    .init(.pingora, [.tlsCertUntrusted, .tlsCertExpired], 502, "Fail to proxy: … InvalidCert"),
    .init(.pingora, [.responseHeaderTimeout, .bodyIdleTimeout], 502, "Fail to proxy: … ReadTimedout"),
    .init(.pingora, [.writeTimeout], 502, "Fail to proxy: … WriteTimedout"),
    .init(.pingora, [.closedBeforeResponse, .staleKeepalive], 502, "Fail to proxy: … ConnectionClosed"),
    .init(.pingora, [.invalidHeader], 502, "Fail to proxy: … InvalidHTTPHeader"),
    .init(.pingora, [.h2ProtocolViolation], 502, "Fail to proxy: … H2Error, InvalidH2"),
    .init(.ats, [.connectRefused, .connectTimeout], 502, "ERR_CONNECT_FAIL", keys: ["ERR_CONNECT_FAIL"]),
    .init(.ats, [.responseHeaderTimeout], 504, "ERR_READ_TIMEOUT", keys: ["ERR_READ_TIMEOUT"]),
    .init(.ats, [.dnsNxdomain, .dnsServfail], 500, "ERR_DNS_FAIL", keys: ["ERR_DNS_FAIL"]),
    .init(
      .ats, [.clientAborted], nil, "ERR_CLIENT_ABORT, ERR_CLIENT_READ_ERROR",
      keys: ["ERR_CLIENT_ABORT", "ERR_CLIENT_READ_ERROR"]),
    .init(.varnish, [.allUnhealthy], 503, "FetchError backend …: unhealthy"),
    .init(.varnish, [.poolQueueFull], 503, "FetchError backend …: busy"),
    .init(.varnish, [.connectRefused], 503, "FetchError backend …: fail errno 111"),
    .init(
      .varnish, [.responseHeaderTimeout, .staleKeepalive], 503, "FetchError first byte timeout (reused connection)"),
    .init(.varnish, [.closedBeforeResponse], 503, "FetchError backend closed"),
    .init(.varnish, [.notHttp], 503, "FetchError Received junk"),
    .init(.varnish, [.headerSectionTooLarge], 503, "FetchError overflow"),
    .init(.varnish, [.invalidHeader], 503, "FetchError http format error"),
    .init(.varnish, [.writeFailed], 503, "FetchError backend write error"),
    .init(.varnish, [.poolEmpty], 503, "FetchError No backend"),
  ]
}
