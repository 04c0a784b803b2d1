internal import SluiceCore
internal import SluiceDiagnosis

/// Names that people use for what the guide calls otherwise.
enum Aliases {
  static func pages(_ words: [String]) -> [PageID]? { table[words.joined(separator: " ")] }

  private static let table: [String: [PageID]] = {
    var table: [String: [PageID]] = [:]
    for (names, pages) in systemErrors + behaviours + machines + statuses {
      for name in names { table[name] = pages }
    }
    return table
  }()

  private typealias Row = ([String], [PageID])

  private static let systemErrors: [Row] = [
    (["econnrefused", "connection refused", "errno 111", "111"], [.cause(.connectRefused)]),
    (
      ["etimedout", "connection timed out", "errno 110", "110"],
      [.cause(.connectTimeout), .cause(.responseHeaderTimeout)]
    ),
    (
      ["econnreset", "connection reset", "connection reset by peer", "errno 104", "104"],
      [.cause(.resetBeforeResponse), .cause(.staleKeepalive), .cause(.connectReset)]
    ),
    (["epipe", "broken pipe", "errno 32", "32"], [.cause(.writeFailed)]),
    (["ehostunreach", "no route to host", "errno 113", "113"], [.cause(.hostUnreachable)]),
    (["enetunreach", "network is unreachable", "network unreachable", "errno 101"], [.cause(.netUnreachable)]),
    (["eaddrnotavail", "cannot assign requested address", "errno 99", "99"], [.cause(.localPortsExhausted)]),
    (["eaddrinuse", "address already in use", "errno 98"], [.rootCause(.cannotListen)]),
    (
      ["emfile", "enfile", "too many open files", "errno 24"],
      [.cause(.localFdsOrMemory), .rootCause(.descriptorsExhausted)]
    ),
    (["enobufs", "enomem"], [.cause(.localFdsOrMemory)]),
    (["enoent"], [.cause(.unixSocketMissing)]),
    (["eacces", "eperm", "permission denied"], [.cause(.unixSocketPermission)]),
    (["eagain"], [.cause(.backlogFull)]),
    (["enospc", "no space left on device"], [.rootCause(.diskFull)]),
    (["enotfound", "nxdomain", "eai noname", "no such host", "host not found"], [.cause(.dnsNxdomain)]),
    (["servfail", "eai again", "temporary failure in name resolution"], [.cause(.dnsServfail), .cause(.dnsTimeout)]),
    (["nodata", "eai nodata"], [.cause(.dnsNoAddress)]),
  ]

  private static let behaviours: [Row] = [
    (
      ["socket hang up", "empty reply from server", "eof", "curl 52", "server disconnected"],
      [.cause(.closedBeforeResponse), .cause(.staleKeepalive)]
    ),
    (
      ["keep alive", "keepalive", "idle timeout", "keepalivetimeout"],
      [.cause(.staleKeepalive), .rootCause(.idleTimeoutMismatch)]
    ),
    (["timeout", "timed out"], [.status(504), .cause(.responseHeaderTimeout), .cause(.connectTimeout), .status(408)]),
    (
      ["tls", "ssl", "certificate", "x509"],
      [
        .cause(.tlsHandshakeFailed), .cause(.tlsCertExpired), .cause(.tlsCertUntrusted), .cause(.tlsNameMismatch),
        .cause(.tlsToPlaintextPort),
      ]
    ),
    (["certificate has expired", "cert has expired", "expired certificate"], [.cause(.tlsCertExpired)]),
    (["self signed", "self signed certificate", "depth zero self signed cert"], [.cause(.tlsCertSelfSigned)]),
    (
      ["unable to verify the first certificate", "unable to get local issuer certificate"],
      [.cause(.tlsCertIncompleteChain), .cause(.tlsCertUntrusted)]
    ),
    (
      ["hostname mismatch", "err tls cert altname invalid", "no alternative certificate subject name matches"],
      [.cause(.tlsNameMismatch)]
    ),
    (["wrong version number"], [.cause(.tlsToPlaintextPort)]),
    (
      ["dns"],
      [.cause(.dnsNxdomain), .cause(.dnsServfail), .cause(.dnsTimeout), .cause(.dnsNoAddress), .cause(.dnsRefused)]
    ),
    (["goaway"], [.cause(.h2GoawayUnprocessed)]),
    (["refused stream", "err http2 stream error", "rst stream"], [.cause(.h2RefusedStream), .cause(.h2StreamReset)]),
    (
      [
        "unexpected eof", "incomplete chunked encoding", "err incomplete chunked encoding",
        "err content length mismatch", "transfer closed with outstanding read data remaining",
      ], [.cause(.truncatedBody), .cause(.badChunk)]
    ),
    (["request smuggling", "smuggling", "desync"], [.cause(.requestFramingAmbiguous), .cause(.badFraming)]),
    (
      ["too big header", "large headers", "header too large"],
      [.cause(.headerSectionTooLarge), .cause(.headerTooLarge), .status(431)]
    ),
    (["cookies", "cookie too large"], [.status(431), .cause(.headerSectionTooLarge)]),
    (["circuit breaker", "breaker"], [.cause(.circuitOpen)]),
    (["no healthy upstream", "no live upstreams", "health check", "unhealthy"], [.cause(.allUnhealthy)]),
    (["rate limit", "rate limiting", "throttled"], [.status(429), .cause(.rateLimited), .rootCause(.cpuThrottled)]),
    (["websocket", "upgrade"], [.cause(.upgradeFailed), .cause(.unexpectedUpgrade), .status(101), .status(426)]),
    (["redirect loop", "loop"], [.cause(.loopDetected), .status(508)]),
    (["retry after"], [.status(503), .status(429)]),
    (["err empty response"], [.cause(.closedBeforeResponse)]),
    (["err connection refused"], [.cause(.connectRefused)]),
    (["err connection reset"], [.cause(.resetBeforeResponse)]),
    (["err connection timed out"], [.cause(.connectTimeout)]),
    (["err name not resolved"], [.cause(.dnsNxdomain)]),
    (["err http2 protocol error"], [.cause(.h2ProtocolViolation)]),
  ]

  private static let machines: [Row] = [
    (
      ["oom", "out of memory", "oom killer", "oomkilled", "exit code 137", "exit 137", "137"],
      [.rootCause(.outOfMemoryKilled), .rootCause(.processKilled)]
    ),
    (["sigkill", "killed", "signal 9"], [.rootCause(.processKilled), .rootCause(.outOfMemoryKilled)]),
    (["sigterm", "exit code 143", "143"], [.rootCause(.processKilled), .rootCause(.deployRestart)]),
    (
      ["segfault", "sigsegv", "segmentation fault", "core dumped", "exit code 139", "139"], [.rootCause(.programFault)]
    ),
    (["crashloopbackoff", "crash loop back off"], [.rootCause(.crashLoop)]),
    (["deadlock", "hang", "hangs", "stuck"], [.rootCause(.applicationHung)]),
    (["zombie", "defunct"], [.rootCause(.zombieProcess)]),
    (["nf conntrack table full", "conntrack"], [.rootCause(.connectionTableFull)]),
    (
      ["deploy", "deployment", "rollout"],
      [
        .rootCause(.deployRestart), .rootCause(.deployRegression), .rootCause(.deployCrash),
        .rootCause(.deployChangedPort), .rootCause(.deploySlower),
      ]
    ),
    (["worker timeout"], [.rootCause(.workerTimeout)]),
  ]

  private static let statuses: [Row] = [
    (["teapot", "im a teapot", "i m a teapot"], [.status(418)]),
    (
      [
        "payload too large", "request entity too large", "entity too large", "body too large",
        "client intended to send too large body",
      ], [.status(413), .cause(.requestBodyTooLarge)]
    ),
    (["uri too long", "request uri too long"], [.status(414)]),
    (["unprocessable entity"], [.status(422)]),
    (["moved temporarily"], [.status(302)]),
    (["client closed request", "client disconnected"], [.status(499), .cause(.clientAborted)]),
    (["000", "0"], [.status(0)]),
    (["internal error", "server error"], [.status(500)]),
    (["maintenance", "overloaded", "overload"], [.status(503), .rootCause(.overload)]),
    (["gateway time out", "gateway timeout"], [.status(504)]),
    (["captive portal"], [.status(511)]),
    (["5xx"], [.comparison([500, 502, 503, 504])]),
  ]
}
