internal import SluiceCore
internal import SluiceDiagnosis

/// What HAProxy's termination state (configuration manual, section 8.5) tells together with the status, with whether an
/// endpoint was chosen, and with the error of the connection to it where the configuration logs that.
///
/// The first letter is who ended the session (C client, S endpoint, P proxy, L proxy itself, R a resource, D the
/// endpoint went down, K an administrator, U a better endpoint came back; lower case: a timeout), the second what was
/// under way (R request, Q queue, C connecting, H response head, D data, L last data, T tarpit).
/// `endpoint` has no value where the line says `<NOSRV>`; `connectionError` has the names of HAProxy's own source.
extension Signature {
  static let haproxy: [Signature] =
    haproxyConnection + haproxyConnecting + haproxyResponse + haproxyOwn + haproxyClient + haproxyPlain + haproxyEvents

  /// The rows that the first two letters of a termination state do not rule out, without what these letters settle:
  /// every line that failed comes here.
  static func haproxy(in values: FieldValues) -> [Signature] {
    let place = values.withBytes(.terminationState) { state in
      state.count < 2
        ? nil : haproxyPlaces[Int(state[0])] * haproxySecond.utf8.count + haproxyPlaces[256 + Int(state[1])]
    }
    guard let place = place ?? nil, haproxyByLetters.indices.contains(place) else { return haproxy }
    return haproxyByLetters[place]
  }

  private static let haproxyFirst = "-CcDIKLPRSsU"
  private static let haproxySecond = "-CDHLQRT"

  /// The place of each byte among the first letters, and then among the second ones; far away where it is none.
  private static let haproxyPlaces: [Int] = [haproxyFirst, haproxySecond].flatMap { letters in
    (0...UInt8.max).map { byte in Array(letters.utf8).firstIndex(of: byte) ?? 10_000 }
  }

  private static let haproxyByLetters: [[Signature]] = haproxyFirst.flatMap { first in
    haproxySecond.map { second in
      let state = FieldValues([.terminationState: String([first, second])])
      return haproxy.compactMap { row in
        var open: [SignatureCondition] = []
        for condition in row.conditions {
          guard case .letter(.terminationState, 0...1, _) = condition else {
            open.append(condition)
            continue
          }
          guard condition.holds(state) else { return nil }
        }
        return Signature(row.id, row.product, open, row.meaning, who: row.who, note: row.note)
      }
    }
  }

  /// Connection errors are nearest to the truth; they remain from an earlier attempt where the session then went well.
  private static let haproxyConnection: [Signature] = [
    error("H20", ["EREFUSED"], .failure(.connectRefused)),
    error("H20b", ["ERESET"], .failure(.connectReset)),
    error("H20c", ["EUNREACH"], .failure(.hostUnreachable, or: [.netUnreachable], .likely)),
    error("H22", ["SSL_TIMEOUT"], .failure(.tlsHandshakeTimeout)),
    error(
      "H23", ["SSL_CA_FAIL", "SSL_CRT_FAIL"],
      .failure(.tlsCertUntrusted, or: [.tlsCertExpired, .tlsCertSelfSigned], .likely)),
    error("H24", ["SSL_MISMATCH", "SSL_MISMATCH_SNI"], .failure(.tlsNameMismatch)),
    error("H21", ["SSL_EMPTY"], .failure(.tlsClosedInHandshake)),
    error(
      "H21b", ["SSL_HANDSHAKE", "SSL_HANDSHAKE_HB", "SSL_ABORT", "SSL_FATAL"],
      .failure(
        .tlsHandshakeFailed,
        or: .handshakes, .likely),
      note: "HAProxy writes the same for a certificate that it does not trust and for a port without TLS."),
    error(
      "H25c", ["FREE_PORTS"], .failure(.localPortsExhausted, or: [.backlogFull], .likely),
      note: "A Unix socket whose accept queue is full is told so, too."),
    error("H25", ["ADDR_INUSE", "PORT_RANGE"], .failure(.localPortsExhausted)),
    error(
      "H25b", ["PROC_FDLIM", "CONF_FDLIM", "SYS_FDLIM", "SYS_MEMLIM", "ENOBUFS", "ENOMEM", "SSL_NO_MEM"],
      .failure(.localFdsOrMemory)),
  ]

  private static func error(
    _ id: String, _ names: [String], _ meaning: Signature.Meaning, note: String? = nil
  ) -> Signature {
    Signature(
      id, .haproxy,
      [.is(.connectionError, names), .letter(.terminationState, 0, "SsRP"), .letter(.terminationState, 1, "CQ")],
      meaning, note: note)
  }

  private static let haproxyConnecting: [Signature] = [
    Signature(
      "H02", .haproxy, state("S", "C", .missing(.endpoint)), .failure(.allUnhealthy, or: [.poolEmpty], .likely),
      note: "No endpoint of the upstream was up."),
    Signature(
      "H01", .haproxy, state("S", "C"),
      .failure(.connectRefused, or: unconnected, .likely),
      note: "bc_err_str in the log format would tell why the connection failed."),
    Signature(
      "H03", .haproxy, state("s", "C"), .failure(.connectTimeout, or: [.tlsHandshakeTimeout], .likely),
      note: "timeout connect covers the TLS handshake, too."),
    Signature("H12", .haproxy, state("s", "Q"), .failure(.poolQueueTimeout)),
    Signature("H13", .haproxy, state("S", "Q"), .failure(.poolQueueFull, or: [.allUnhealthy], .likely)),
    Signature(
      "H14", .haproxy, state("R", "C"), .failure(.localPortsExhausted, or: [.localFdsOrMemory], .likely)),
    Signature("H14b", .haproxy, [.letter(.terminationState, 0, "R")], .failure(.localFdsOrMemory, .likely)),
    Signature(
      "H15", .haproxy, state("P", "C"), .failure(.localFdsOrMemory), who: .configuration,
      note: "The process has as many connections as maxconn or ulimit-n allows."),
  ]

  /// What HAProxy also answers so where no connection came about, or was not finished.
  private static let unconnected: [Cause] =
    [
      .hostUnreachable, .connectReset, .netUnreachable, .unixSocketMissing, .unixSocketPermission, .backlogFull,
      .tlsHandshakeFailed, .h2ProtocolViolation,
    ] + .handshakes

  /// What ends an HTTP/2 connection or stream to the endpoint: HAProxy tells it with the same letters.
  private static let http2: [Cause] = [
    .h2StreamReset, .h2ProtocolViolation, .h2GoawayUnprocessed, .h2RefusedStream, .invalidHeader,
    .headerSectionTooLarge,
  ]

  private static let ended: [Cause] =
    [.resetBeforeResponse, .truncatedHeaders, .staleKeepalive, .connectReset, .writeFailed, .plaintextToTlsPort] + http2
  private static let written: [Cause] = [.closedBeforeResponse, .resetBeforeResponse] + http2

  private static let haproxyResponse: [Signature] = [
    Signature(
      "H05", .haproxy, state("S", "H", .is(.status, ["0", "-1"])), .failure(.staleKeepalive, .likely),
      note: "HAProxy closes the client's connection without an answer, and mostly without a line in the log."),
    Signature(
      "H04", .haproxy, state("S", "H"),
      .failure(
        .closedBeforeResponse,
        or: [
          .resetBeforeResponse, .truncatedHeaders, .staleKeepalive, .connectReset, .writeFailed, .plaintextToTlsPort,
        ]
          + http2, .likely)),
    Signature("H06", .haproxy, state("s", "H"), .failure(.responseHeaderTimeout)),
    Signature(
      "H08", .haproxy, state("P", "H", .is(.status, ["500"])),
      .failure(.headerSectionTooLarge, or: [.proxyBug], .possible), who: .configuration,
      note: "A rule that rewrites the response failed, usually because the head no longer fits tune.bufsize."),
    Signature(
      "H07", .haproxy, state("P", "H"),
      .failure(
        .invalidHeader,
        or: [
          .notHttp, .headerSectionTooLarge, .headerTooLarge, .badFraming, .badChunk, .plaintextToTlsPort,
          .unexpectedUpgrade, .upgradeFailed,
        ], .possible),
      note: "“show errors” on the statistics socket shows the response that was refused."),
    Signature(
      "H46", .haproxy, state("S", "DL", unanswered),
      .failure(.writeFailed, or: written, .likely),
      note: "The endpoint ended the connection while the request was being sent."),
    Signature(
      "H47", .haproxy, state("S", "DL", .is(.status, ["413"])),
      .failure(.earlyFinalResponse, or: [.truncatedBody], .likely)),
    Signature("H48", .haproxy, state("S", "DL", .is(.status, ["101"])), .modifier("a tunnel was reset")),
    Signature(
      "H09", .haproxy, state("S", "DL"),
      .failure(
        .truncatedBody, or: [.badChunk, .h2StreamReset, .h2ProtocolViolation, .invalidHeader, .badFraming], .likely)),
    Signature(
      "H49", .haproxy, state("s", "DL", unanswered), .failure(.writeTimeout, or: [.responseHeaderTimeout], .likely)),
    Signature(
      "H50", .haproxy, state("s", "DL", .is(.status, ["101"])), .failure(.bodyIdleTimeout, .likely),
      note: "Nothing was sent on a tunnel (WebSocket) for timeout tunnel or timeout server."),
    Signature("H10", .haproxy, state("s", "DL"), .failure(.bodyIdleTimeout)),
    Signature(
      "H11", .haproxy, state("P", "DL"), .failure(.badChunk, or: [.requestChunkInvalid], .likely)),
    Signature("H30", .haproxy, state("S", "R"), .failure(.closedBeforeResponse, or: [.writeFailed], .possible)),
    Signature("H31", .haproxy, state("s", "R"), .failure(.writeTimeout, or: [.responseHeaderTimeout], .possible)),
  ]

  private static let haproxyOwn: [Signature] = [
    Signature(
      "H16", .haproxy, state("D", "DL"), .failure(.truncatedBody, .likely),
      note: "HAProxy ended the session because the endpoint was marked down (on-marked-down shutdown-sessions)."),
    Signature(
      "H16b", .haproxy, [.letter(.terminationState, 0, "D")],
      .failure(.closedBeforeResponse, or: [.allUnhealthy], .likely),
      note: "HAProxy ended the session because the endpoint was marked down (on-marked-down shutdown-sessions)."),
    Signature(
      "H32", .haproxy, [.letter(.terminationState, 0, "K")], .failure(.proxyDraining, .likely), who: .gateway,
      note: "Somebody ended the session on the statistics socket or page."),
    Signature(
      "H33", .haproxy, [.letter(.terminationState, 0, "U")], .failure(.proxyDraining, .likely), who: .configuration,
      note: "HAProxy ended sessions on the backup because a main endpoint came back (on-marked-up)."),
    Signature("H34", .haproxy, [.letter(.terminationState, 0, "I")], .failure(.proxyBug)),
    Signature("H18", .haproxy, state("P", "R", .is(.status, ["400"])), .failure(.clientMalformed)),
    Signature("H18b", .haproxy, [.letter(.terminationState, 0, "P"), .is(.status, ["429"])], .failure(.rateLimited)),
    Signature("H18c", .haproxy, state("P", "T"), .failure(.rateLimited, .likely), note: "The request was tarpitted."),
    Signature(
      "H18d", .haproxy, state("P", "R", .number(.status, 500...599)),
      .failure(.rateLimited, or: [.proxyDraining], .possible), who: .configuration,
      note: "A rule of the configuration refused the request with this status."),
    Signature("H18e", .haproxy, state("P", "R"), .modifier("refused by a rule of the configuration")),
    Signature(
      "H19", .haproxy, [.letter(.terminationState, 0, "L"), .number(.status, 500...599)],
      .failure(.proxyDraining, or: [.rateLimited], .possible), who: .configuration,
      note: "HAProxy answered this itself, by http-request return or errorfile."),
    Signature("H19b", .haproxy, [.letter(.terminationState, 0, "L")], .modifier("answered by HAProxy itself")),
  ]

  /// No response head had come.
  private static let unanswered = SignatureCondition.is(.status, ["-1", "0"])

  private static let haproxyClient: [Signature] = [
    Signature(
      "H51", .haproxy, state("C", "D", unanswered), .failure(.clientAborted, or: [.responseHeaderTimeout], .likely),
      note: "The client left after its request was sent and before a final response came."),
    Signature(
      "H52", .haproxy, state("C", "D", .number(.status, 400...499)),
      .failure(.earlyFinalResponse, or: [.clientAborted], .likely),
      note: "The endpoint refused the request before its body had ended, and the client left with that answer."),
    Signature("H17", .haproxy, [.letter(.terminationState, 0, "C")], .failure(.clientAborted)),
    Signature("H17b", .haproxy, state("c", "R"), .failure(.requestHeadTimeout, or: [.clientBodyTimeout], .likely)),
    Signature("H17c", .haproxy, state("c", "H"), .failure(.clientBodyTimeout)),
    Signature(
      "H17d", .haproxy, [.letter(.terminationState, 0, "c")],
      .failure(.clientAborted, or: [.clientBodyTimeout], .likely),
      note: "The client neither sent nor took anything for as long as timeout client allows."),
  ]

  /// The session ended in an ordinary way.
  private static let haproxyPlain: [Signature] = [
    Signature(
      "H53", .haproxy, state("-", "-", .is(.status, ["-1"]), .present(.endpoint)),
      .failure(
        .closedBeforeResponse,
        or: [.staleKeepalive, .resetBeforeResponse, .plaintextToTlsPort, .h2ProtocolViolation, .clientAborted],
        .possible),
      note: "The session ended without a response, and HAProxy does not say by whom."),
    Signature(
      "H54", .haproxy, state("-", "-", .present(.endpoint), .number(.status, 0...99)),
      .failure(.notHttp, or: [.invalidHeader], .likely), note: "The endpoint's status is none that HTTP has."),
    Signature(
      "H54b", .haproxy, state("-", "-", .present(.endpoint), .number(.status, 600...99_999)),
      .failure(.notHttp, or: [.invalidHeader], .likely), note: "The endpoint's status is none that HTTP has."),
    Signature(
      "H28", .haproxy, state("-", "-", .number(.status, 500...599), .present(.endpoint)), .failure(.upstreamStatus)),
    Signature(
      "H35", .haproxy, state("-", "-", .number(.status, 500...599)),
      .failure(.upstreamStatus, or: [.proxyDraining], .possible)),
    Signature(
      "H29", .haproxy, state("-", "-", .number(.retries, 1...1000)),
      .failure(
        .connectRefused, or: [.connectTimeout, .hostUnreachable, .staleKeepalive, .closedBeforeResponse], .possible),
      note: "An attempt failed and a further one succeeded."),
  ]

  /// One of `first`, then one of `second`.
  private static func state(_ first: String, _ second: String, _ others: SignatureCondition...) -> [SignatureCondition]
  {
    [.letter(.terminationState, 0, first), .letter(.terminationState, 1, second)] + others
  }
}
