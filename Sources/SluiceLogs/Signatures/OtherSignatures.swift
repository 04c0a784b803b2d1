internal import SluiceCore
internal import SluiceDiagnosis

/// Proxies with a row or a few each: X01 to X22.
enum OtherSignatures {
  /// Cloudflare's own codes. `upstreamStatus` is nil where the origin gave no answer.
  static let cloudflare: [Signature] = [
    Signature(
      "X10", .cloudflare, [.number(.status, 500...519), .number(.upstreamStatus, 500...599)],
      .failure(.upstreamStatus), note: "The origin itself answered so."),
    Signature("X02", .cloudflare, [.is(.status, ["521"])], .failure(.connectRefused)),
    Signature("X03", .cloudflare, [.is(.status, ["522"])], .failure(.connectTimeout)),
    Signature("X04", .cloudflare, [.is(.status, ["523"])], .failure(.hostUnreachable, or: [.dnsNxdomain], .likely)),
    Signature(
      "X05", .cloudflare, [.is(.status, ["524"])], .failure(.responseHeaderTimeout, or: [.writeTimeout], .likely)),
    Signature("X06", .cloudflare, [.is(.status, ["525"])], .failure(.tlsHandshakeFailed)),
    Signature(
      "X07", .cloudflare, [.is(.status, ["526"])],
      .failure(.tlsCertUntrusted, or: [.tlsCertExpired, .tlsNameMismatch, .tlsCertSelfSigned], .likely)),
    Signature(
      "X08", .cloudflare, [.is(.status, ["530"])],
      .failure(.dnsNxdomain, or: [.dnsServfail, .rateLimited], .likely),
      note: "The page's own code, 1xxx, tells more."),
    Signature(
      "X01", .cloudflare, [.is(.status, ["520"])],
      .failure(
        .closedBeforeResponse, or: [.resetBeforeResponse, .notHttp, .headerSectionTooLarge, .staleKeepalive], .likely)),
    Signature("X23", .cloudflare, [.is(.status, ["499"])], .failure(.clientAborted)),
    Signature(
      "X23-none", .cloudflare, [.is(.status, ["0"])], .failure(.clientAborted, .likely),
      note: "The client went away before an answer."),
    Signature(
      "X23-504", .cloudflare, [.is(.status, ["504"])],
      .failure(.responseHeaderTimeout, or: [.connectTimeout], .possible), who: .unknown,
      note: "The origin did not answer; Cloudflare's own edge timed out."),
    Signature(
      "X09", .cloudflare, [.number(.status, 500...599), .present(.reason)],
      .failure(.proxyBug, or: [.closedBeforeResponse], .possible),
      note: "Cloudflare names itself as where the error arose (cf-error-type)."),
    Signature(
      "X24", .cloudflare, [.number(.status, 500...599)],
      .failure(.closedBeforeResponse, or: [.proxyBug], .unknown), who: .unknown,
      note: "The edge answered without an answer of the origin."),
  ]

  /// `action` is the result code of the squid format, `errorText` a line of the error log.
  static let ats: [Signature] = [
    Signature("X14", .ats, [.starts(.action, "ERR_CLIENT_ABORT")], .failure(.clientAborted)),
    Signature("X14-read", .ats, [.starts(.action, "ERR_CLIENT_READ_ERROR")], .failure(.clientAborted, .likely)),
    Signature(
      "X13", .ats, [.starts(.action, "ERR_DNS_FAIL")],
      .failure(.dnsNxdomain, or: [.dnsServfail, .dnsTimeout], .likely)),
    Signature(
      "X11", .ats, [.starts(.action, "ERR_CONNECT_FAIL")],
      .failure(
        .connectRefused, or: [.connectTimeout, .hostUnreachable, .closedBeforeResponse, .tlsHandshakeFailed], .possible)
    ),
    Signature("X12", .ats, [.starts(.action, "ERR_READ_TIMEOUT")], .failure(.responseHeaderTimeout)),
    Signature("X12-write", .ats, [.starts(.action, "ERR_LIFETIME_EXP")], .failure(.requestDeadline)),
    Signature("X25", .ats, [.starts(.action, "ERR_INVALID_REQ")], .failure(.clientMalformed)),
    Signature("X25-proxy", .ats, [.starts(.action, "ERR_PROXY_DENIED")], .modifier("denied")),
    Signature("X15-refused", .ats, [.contains(.errorText, "Connection refused")], .failure(.connectRefused)),
    Signature(
      "X15-time", .ats, [.contains(.errorText, "INACTIVE_TIMEOUT")],
      .failure(.responseHeaderTimeout, or: [.connectTimeout], .likely)),
    Signature(
      "X15-closed", .ats, [.contains(.errorText, "CONNECTION_CLOSED")],
      .failure(.closedBeforeResponse, or: [.staleKeepalive], .likely)),
    Signature(
      "X15-parse", .ats, [.contains(.errorText, "PARSE_ERROR")],
      .failure(.notHttp, or: [.invalidHeader], .likely)),
    Signature(
      "X15", .ats, [.contains(.errorText, "connect#failed_connect")],
      .failure(.connectRefused, or: [.connectTimeout], .likely)),
    Signature(
      "X15-hangup", .ats, [.contains(.errorText, "Server Hangup")],
      .failure(.closedBeforeResponse, or: [.staleKeepalive], .likely)),
    Signature(
      "X15-inactivity", .ats, [.contains(.errorText, "timeout#inactivity")],
      .failure(.responseHeaderTimeout, or: [.bodyIdleTimeout], .likely)),
    Signature("X15-activity", .ats, [.contains(.errorText, "timeout#activity")], .failure(.requestDeadline)),
    Signature("X15-down", .ats, [.contains(.errorText, "connect#all_down")], .failure(.allUnhealthy)),
    Signature("X15-busy", .ats, [.contains(.errorText, "congestion#retryAfter")], .failure(.admissionShed)),
    Signature(
      "X15-name", .ats, [.contains(.errorText, "connect#dns_failed")],
      .failure(.dnsNxdomain, or: [.dnsServfail, .dnsTimeout], .likely)),
    Signature(
      "X15-connection", .ats, [.contains(.errorText, "CONNECTION_ERROR")],
      .failure(.connectRefused, or: [.connectTimeout, .hostUnreachable], .likely)),
    Signature(
      "X15-open", .ats, [.contains(.errorText, "OPEN_RAW_ERROR")],
      .failure(.connectRefused, or: [.connectTimeout], .likely)),
    Signature(
      "X26", .ats, [.number(.status, 500...599), .starts(.action, "TCP_")], .failure(.upstreamStatus, .likely)),
    Signature(
      "X26-none", .ats, [.number(.status, 500...599)],
      .failure(.upstreamStatus, or: [.proxyBug], .unknown), who: .unknown),
  ]

  /// `errorText` is what VSL's FetchError says.
  static let varnish: [Signature] = [
    Signature("X16", .varnish, [.contains(.errorText, ": unhealthy")], .failure(.allUnhealthy)),
    Signature("X16-busy", .varnish, [.contains(.errorText, ": busy")], .failure(.poolQueueFull)),
    Signature("X16-111", .varnish, [.contains(.errorText, "fail errno 111")], .failure(.connectRefused)),
    Signature("X16-110", .varnish, [.contains(.errorText, "fail errno 110")], .failure(.connectTimeout)),
    Signature("X16-113", .varnish, [.contains(.errorText, "fail errno 113")], .failure(.hostUnreachable)),
    Signature("X16-101", .varnish, [.contains(.errorText, "fail errno 101")], .failure(.netUnreachable)),
    Signature("X16-99", .varnish, [.contains(.errorText, "fail errno 99")], .failure(.localPortsExhausted)),
    Signature("X16-24", .varnish, [.contains(.errorText, "fail errno 24")], .failure(.localFdsOrMemory)),
    Signature("X16-2", .varnish, [.contains(.errorText, "fail errno 2 ")], .failure(.unixSocketMissing)),
    Signature("X16-0", .varnish, [.contains(.errorText, "fail errno 0")], .failure(.connectTimeout, .likely)),
    Signature(
      "X16-other", .varnish, [.contains(.errorText, ": fail")],
      .failure(.connectRefused, or: [.connectTimeout, .hostUnreachable], .possible)),
    Signature("X17", .varnish, [.contains(.errorText, "first byte timeout")], .failure(.responseHeaderTimeout)),
    Signature("X17-idle", .varnish, [.contains(.errorText, "between bytes timeout")], .failure(.bodyIdleTimeout)),
    Signature(
      "X18-reused", .varnish, [.contains(.errorText, "backend closed"), .contains(.errorText, "reused")],
      .failure(.staleKeepalive)),
    Signature(
      "X18", .varnish, [.contains(.errorText, "backend closed")],
      .failure(.closedBeforeResponse, or: [.staleKeepalive], .likely)),
    Signature("X18-junk", .varnish, [.contains(.errorText, "Received junk")], .failure(.notHttp)),
    Signature("X18-size", .varnish, [.contains(.errorText, "overflow")], .failure(.headerSectionTooLarge)),
    Signature("X18-format", .varnish, [.contains(.errorText, "http format error")], .failure(.invalidHeader)),
    Signature("X18-head", .varnish, [.contains(.errorText, "HTC")], .failure(.truncatedHeaders, .likely)),
    Signature("X19", .varnish, [.contains(.errorText, "backend write error")], .failure(.writeFailed)),
    Signature("X19-body", .varnish, [.contains(.errorText, "req.body read error")], .failure(.clientAborted, .likely)),
    Signature("X19-none", .varnish, [.contains(.errorText, "No backend")], .failure(.poolEmpty)),
    Signature(
      "X19-director", .varnish, [.contains(.errorText, "returned no backend")],
      .failure(.allUnhealthy, or: [.poolEmpty], .likely)),
    Signature("X27", .varnish, [.contains(.errorText, "chunked")], .failure(.badChunk)),
    Signature(
      "X27-length", .varnish, [.contains(.errorText, "straight insufficient bytes")],
      .failure(.truncatedBody)),
    Signature("X27-eof", .varnish, [.contains(.errorText, "eof socket fail")], .failure(.truncatedBody)),
    Signature("X28", .varnish, [.contains(.errorText, "Could not get storage")], .failure(.localFdsOrMemory, .likely)),
    Signature(
      "X29", .varnish, [.is(.status, ["503"])],
      .failure(
        .connectRefused, or: [.closedBeforeResponse, .responseHeaderTimeout, .allUnhealthy, .upstreamStatus], .unknown),
      note: "varnishlog -q 'FetchError' tells the reason."),
    Signature("X29-status", .varnish, [.number(.status, 500...599)], .failure(.upstreamStatus, .likely)),
  ]
}
