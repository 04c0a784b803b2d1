internal import SluiceCore
internal import SluiceDiagnosis

/// What an access log of nginx tells of a failure without the error log beside it.
///
/// `endpoint`, `upstreamStatus` and `responseTime` are of the attempt that is judged, and `reason` is how far it came
/// (`NginxPhase`). Where nginx answers in the endpoint's place it records its own 502 or 504 as the upstream's status,
/// so only a response head that came shows whose answer it was.
extension Signature {
  static let nginxAccess: [Signature] = [
    Signature("N80", .nginx, [.is(.status, ["499"])], .failure(.clientAborted)),
    Signature(
      "N81", .nginx, [.is(.status, ["009", "9"]), .present(.version)],
      .failure(.notHttp, or: [.plaintextToTlsPort, .invalidHeader], .likely),
      note: "nginx took the answer for HTTP/0.9 and passed it on."),
    Signature(
      "N82", .nginx, [phase(.answered), .number(.upstreamStatus, 500...599)], .failure(.upstreamStatus)),
    Signature(
      "N83", .nginx, [phase(.connecting), .is(.upstreamStatus, ["502"]), .missing(.endpoint), .present(.upstream)],
      .failure(.allUnhealthy, or: [.poolQueueFull], .likely),
      note: "In the endpoint's place stands the upstream's name: none could be chosen."),
    Signature(
      "N84", .nginx, [phase(.connecting), .is(.upstreamStatus, ["502"])],
      .failure(
        .connectRefused,
        or: [
          .hostUnreachable, .netUnreachable, .connectReset, .tlsHandshakeFailed, .tlsCertUntrusted, .tlsCertExpired,
          .tlsToPlaintextPort, .unixSocketMissing, .unixSocketPermission, .backlogFull, .localPortsExhausted,
        ], .likely)),
    Signature(
      "N85", .nginx, [phase(.connecting), .is(.upstreamStatus, ["504"])],
      .failure(.connectTimeout, or: [.tlsHandshakeTimeout], .likely)),
    Signature(
      "N86", .nginx, [phase(.waiting), .is(.upstreamStatus, ["504"])],
      .failure(.responseHeaderTimeout, or: [.writeTimeout], .likely)),
    Signature(
      "N87", .nginx, [phase(.waiting), .is(.upstreamStatus, ["502"])],
      .failure(.closedBeforeResponse, or: broken, .possible)),
    Signature(
      "N88", .nginx, [phase(.notAsked), .is(.status, ["503"]), .present(.upstream)],
      .failure(.poolEmpty, or: [.rateLimited], .likely), note: "The service has no ready endpoint."),
    Signature(
      "N89", .nginx, [phase(.notAsked), .is(.status, ["503"])],
      .failure(.rateLimited, or: [.poolEmpty, .proxyDraining], .possible), who: .configuration,
      note: "nginx answers so at limit_req and limit_conn, and where the configuration says return 503."),
    Signature(
      "N90", .nginx, [phase(.notAsked), .is(.status, ["502"])],
      .failure(.dnsNxdomain, or: [.dnsServfail, .dnsTimeout, .poolEmpty], .possible),
      note: "No endpoint was asked: its name was not resolved, or the configuration says return 502."),
    Signature(
      "N91", .nginx, [phase(.notAsked), .is(.status, ["500"])],
      .failure(.localFdsOrMemory, or: [.loopDetected, .upstreamStatus, .poolEmpty], .unknown),
      note: "nginx failed before it asked an endpoint; its error log tells why."),
    Signature(
      "N92", .nginx, [phase(.notAsked), .number(.status, 500...599)],
      .failure(.upstreamStatus, or: [.dnsTimeout, .rateLimited], .unknown)),
    Signature(
      "N102", .nginx, [.number(.upstreamStatus, 600...999)], .failure(.notHttp, or: [.invalidHeader], .likely),
      note: "The endpoint's status is none that HTTP has."),
    // From here on the log tells no phase. A 500 or 503 as the upstream's status was never nginx' own.
    Signature(
      "N93", .nginx, [.number(.upstreamStatus, 500...599), .containsNone(.upstreamStatus, ["502", "504"])],
      .failure(.upstreamStatus)),
    Signature(
      "N94", .nginx, [.is(.upstreamStatus, ["502"]), .missing(.endpoint), .present(.upstream)],
      .failure(.allUnhealthy, or: [.poolQueueFull], .likely)),
    Signature(
      "N95", .nginx, [.is(.upstreamStatus, ["502"]), .number(.responseTime, 0...0.001)],
      .failure(.connectRefused, or: quick, .possible)),
    Signature(
      "N96", .nginx, [.is(.upstreamStatus, ["502"])],
      .failure(.closedBeforeResponse, or: slow, .possible)),
    Signature(
      "N97", .nginx, [.is(.upstreamStatus, ["504"])],
      .failure(.responseHeaderTimeout, or: [.connectTimeout, .upstreamStatus, .writeTimeout], .possible)),
    Signature(
      "N98", .nginx, [.is(.status, ["502"])],
      .failure(.connectRefused, or: anything, .unknown),
      note: "A status alone does not tell why; the error log does, or upstream variables in log_format."),
    Signature(
      "N99", .nginx, [.is(.status, ["504"])],
      .failure(
        .responseHeaderTimeout, or: [.connectTimeout, .upstreamStatus, .writeTimeout, .tlsHandshakeTimeout],
        .possible)),
    Signature(
      "N103", .nginx, [.number(.status, 600...999)], .failure(.notHttp, or: [.invalidHeader], .likely),
      note: "The endpoint's status is none that HTTP has."),
    Signature(
      "N100", .nginx, [.is(.status, ["503"])], .failure(.upstreamStatus, or: [.rateLimited, .poolEmpty], .possible)),
    Signature(
      "N101", .nginx, [.number(.status, 500...599)],
      .failure(.upstreamStatus, or: [.localFdsOrMemory, .loopDetected], .possible)),
  ]

  /// What nginx answers with 502 once a connection stood.
  private static let broken: [Cause] = [
    .resetBeforeResponse, .staleKeepalive, .truncatedHeaders, .invalidHeader, .headerSectionTooLarge, .headerTooLarge,
    .badFraming, .writeFailed, .connectReset, .tlsClientCertificateWanted,
  ]

  private static let quick: [Cause] = [.closedBeforeResponse, .upstreamStatus] + broken
  private static let slow: [Cause] = [.connectRefused, .upstreamStatus] + broken
  private static let anything: [Cause] =
    [.closedBeforeResponse, .allUnhealthy, .upstreamStatus] + broken + [
      .hostUnreachable, .netUnreachable, .tlsHandshakeFailed, .tlsToPlaintextPort, .unixSocketMissing,
      .unixSocketPermission, .backlogFull, .localPortsExhausted,
    ]

  private static func phase(_ phase: NginxPhase) -> SignatureCondition { .is(.reason, [phase.rawValue]) }
}
