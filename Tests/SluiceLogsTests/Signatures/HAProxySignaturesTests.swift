import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Signatures of HAProxy")
struct HAProxySignaturesTests {
  @Test("each tells its cause", arguments: sessions + events)
  func tells(example: SignatureExample) { example.check(.haproxy) }

  @Test("each row has a line")
  func complete() {
    let shown = Set((Self.sessions + Self.events).map(\.id)).union(["H18e", "H19b", "H48"])
    for row in Signature.haproxy where !shown.contains(row.id) { Issue.record("no line shows \(row.id)") }
    #expect(Set(Signature.haproxy.map(\.id)).count == Signature.haproxy.count)
  }

  @Test("an event is told by its own row", arguments: events)
  func event(example: SignatureExample) {
    var fields = FieldSet()
    let bytes = Array(example.line.utf8)
    #expect(HAProxyEventReader.read(bytes.span.bytes, &fields))
    #expect(Signature.haproxyEvents.first(matching: FieldValues(fields, of: bytes.span.bytes))?.id == example.id)
  }

  @Test(
    "what a rule refused or HAProxy answered is a request that did not fail",
    arguments: [("PR--", "403"), ("LR--", "200"), ("SD--", "101")])
  func modifiers(state: String, status: String) {
    let entry = LogFormatTable.standard.entry(ofLine: Self.line(state, status, "web/<NOSRV>"))
    #expect(entry?.kind == .request)
    #expect(entry?.conclusion == nil)
  }

  static func line(
    _ state: String, _ status: String, _ place: String = "app/a1", _ timers: String = "0/0/0/-1/2",
    retries: String = "0",
    tail: String = ""
  ) -> String {
    "192.0.2.7:40552 [26/Nov/2026:20:53:08.980] web \(place) \(timers) \(status) 209 - - \(state) "
      + "1/1/0/0/\(retries) 0/0 {curl/7.88.1} \"GET /a?b=1 HTTP/1.1\"\(tail)"
  }

  private static func error(_ text: String) -> String {
    line("SC--", "503", "app/a1", "0/0/-1/-1/1002", retries: "3", tail: " \(text)")
  }

  private static let handshakes: [Cause] = [
    .tlsCertUntrusted, .tlsCertExpired, .tlsToPlaintextPort, .tlsNameMismatch, .tlsCertSelfSigned,
    .tlsCertIncompleteChain, .tlsCertNotYetValid, .tlsClosedInHandshake, .tlsAlert, .tlsClientCertificateWanted,
    .tlsVersionMismatch, .tlsCipherMismatch,
  ]
  private static let connects: [Cause] =
    [
      .hostUnreachable, .connectReset, .netUnreachable, .unixSocketMissing, .unixSocketPermission, .backlogFull,
      .tlsHandshakeFailed, .h2ProtocolViolation,
    ] + handshakes
  private static let http2: [Cause] = [
    .h2StreamReset, .h2ProtocolViolation, .h2GoawayUnprocessed, .h2RefusedStream, .invalidHeader,
    .headerSectionTooLarge,
  ]
  private static let ended: [Cause] =
    [.resetBeforeResponse, .truncatedHeaders, .staleKeepalive, .connectReset, .writeFailed, .plaintextToTlsPort] + http2
  private static let written: [Cause] = [.closedBeforeResponse, .resetBeforeResponse] + http2

  private static let lateHead =
    "192.0.2.7:52364 [26/Nov/2026:20:53:57.223] web web/<NOSRV> -1/-1/-1/-1/2001 408 0 - - cR-- "
    + "1/1/0/0/0 0/0 \"<BADREQ>\""

  private static let badRequest =
    "192.0.2.7:52360 [26/Nov/2026:20:53:57.223] web web/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- "
    + "1/1/0/0/0 0/0 \"<BADREQ>\""

  static let sessions: [SignatureExample] = [
    .init(
      "H01", line("SC--", "503", "app/a1", "0/0/-1/-1/3003", retries: "3"), .connectRefused, or: connects, .likely,
      at: "a1", in: "app", status: 503),
    .init(
      "H02", line("SC--", "503", "app/<NOSRV>", "0/-1/-1/-1/0"), .allUnhealthy, or: [.poolEmpty], .likely, in: "app",
      status: 503),
    .init(
      "H03", line("sC--", "503", "app/a1", "0/0/-1/-1/5001"), .connectTimeout, or: [.tlsHandshakeTimeout], .likely,
      at: "a1", in: "app", status: 503),
    .init(
      "H04", line("SH--", "502"), .closedBeforeResponse,
      or: ended,
      .likely, at: "a1", in: "app", status: 502),
    .init("H05", line("SH--", "0"), .staleKeepalive, .likely, at: "a1", in: "app"),
    .init(
      "H06", line("sH--", "504", "app/a1", "0/0/0/-1/1002"), .responseHeaderTimeout, at: "a1", in: "app", status: 504),
    .init(
      "H07", line("PH--", "502"), .invalidHeader,
      or: [
        .notHttp, .headerSectionTooLarge, .headerTooLarge, .badFraming, .badChunk, .plaintextToTlsPort,
        .unexpectedUpgrade, .upgradeFailed,
      ], .possible, at: "a1",
      in: "app",
      status: 502),
    .init(
      "H08", line("PH--", "500"), .headerSectionTooLarge, or: [.proxyBug], .possible, at: "a1", in: "app", status: 500,
      who: .configuration),
    .init(
      "H09", line("SD--", "200", "app/a1", "0/0/0/4/104"), .truncatedBody,
      or: [.badChunk, .h2StreamReset, .h2ProtocolViolation, .invalidHeader, .badFraming], .likely, at: "a1",
      in: "app", status: 200),
    .init("H10", line("sD--", "200", "app/a1", "0/0/0/0/1002"), .bodyIdleTimeout, at: "a1", in: "app", status: 200),
    .init(
      "H11", line("PD--", "200", "app/a1", "0/0/0/0/10"), .badChunk, or: [.requestChunkInvalid], .likely, at: "a1",
      in: "app", status: 200),
    .init("H12", line("sQ--", "503", "app/<NOSRV>", "0/1001/-1/-1/1001"), .poolQueueTimeout, in: "app", status: 503),
    .init(
      "H13", line("SQ--", "503", "app/<NOSRV>", "0/-1/-1/-1/0"), .poolQueueFull, or: [.allUnhealthy], .likely,
      in: "app", status: 503),
    .init(
      "H14", line("RC--", "503", "app/a1", "0/0/-1/-1/0"), .localPortsExhausted, or: [.localFdsOrMemory], .likely,
      at: "a1", in: "app", status: 503),
    .init("H14b", line("RH--", "500"), .localFdsOrMemory, .likely, at: "a1", in: "app", status: 500),
    .init(
      "H15", line("PC--", "503", "app/a1", "0/0/-1/-1/0"), .localFdsOrMemory, at: "a1", in: "app", status: 503,
      who: .configuration),
    .init("H16", line("DD--", "200"), .truncatedBody, .likely, at: "a1", in: "app", status: 200),
    .init(
      "H16b", line("DH--", "503"), .closedBeforeResponse, or: [.allUnhealthy], .likely, at: "a1", in: "app",
      status: 503),
    .init("H17", line("CD--", "200"), .clientAborted, at: "a1", in: "app", status: 200),
    .init("H17", line("CH--", "-1"), .clientAborted, at: "a1", in: "app"),
    .init("H17", line("CQ--", "503", "app/<NOSRV>", "0/900/-1/-1/900"), .clientAborted, in: "app", status: 503),
    .init(
      "H17b",
      lateHead,
      .requestHeadTimeout, or: [.clientBodyTimeout], .likely, in: "web", status: 408),
    .init("H17c", line("cH--", "408"), .clientBodyTimeout, at: "a1", in: "app", status: 408),
    .init(
      "H17d", line("cD--", "200"), .clientAborted, or: [.clientBodyTimeout], .likely, at: "a1", in: "app", status: 200),
    .init(
      "H18",
      badRequest,
      .clientMalformed, in: "web", status: 400),
    .init("H18b", line("PR--", "429", "web/<NOSRV>"), .rateLimited, in: "web", status: 429),
    .init("H18c", line("PT--", "500", "web/<NOSRV>"), .rateLimited, .likely, in: "web", status: 500),
    .init(
      "H18d", line("PR--", "503", "web/<NOSRV>"), .rateLimited, or: [.proxyDraining], .possible, in: "web", status: 503,
      who: .configuration),
    .init(
      "H19", line("LR--", "503", "web/<NOSRV>"), .proxyDraining, or: [.rateLimited], .possible, in: "web", status: 503,
      who: .configuration),
    .init("H20", error("bc_err_name=EREFUSED"), .connectRefused, at: "a1", in: "app", status: 503),
    .init("H20b", error("bc_err_name=ERESET"), .connectReset, at: "a1", in: "app", status: 503),
    .init(
      "H20c", error("bc_err_name=EUNREACH"), .hostUnreachable, or: [.netUnreachable], .likely, at: "a1", in: "app",
      status: 503),
    .init("H21", error("bc_err=24"), .tlsClosedInHandshake, at: "a1", in: "app", status: 503),
    .init(
      "H21b", error("0 34:\"SSL handshake failure\""), .tlsHandshakeFailed, or: handshakes, .likely, at: "a1",
      in: "app", status: 503),
    .init(
      "H21b", error("bc_err:34:SSL handshake failure"), .tlsHandshakeFailed, or: handshakes, .likely, at: "a1",
      in: "app", status: 503),
    .init(
      "H22", line("sC--", "503", "app/a1", "0/0/-1/-1/5001", tail: " bc_err_name:SSL_TIMEOUT"), .tlsHandshakeTimeout,
      at: "a1", in: "app", status: 503),
    .init(
      "H23", error("bc_err_name=SSL_CA_FAIL"), .tlsCertUntrusted, or: [.tlsCertExpired, .tlsCertSelfSigned], .likely,
      at: "a1", in: "app", status: 503),
    .init(
      "H24", error("\"Server presented an SSL certificate different from the expected one\""), .tlsNameMismatch,
      at: "a1", in: "app", status: 503),
    .init(
      "H25c", error("bc_err=9"), .localPortsExhausted, or: [.backlogFull], .likely, at: "a1", in: "app", status: 503),
    .init("H25b", error("bc_err_name=PROC_FDLIM"), .localFdsOrMemory, at: "a1", in: "app", status: 503),
    .init("H28", line("----", "502", "app/a1", "0/0/1/0/1"), .upstreamStatus, at: "a1", in: "app", status: 502),
    .init("H28", line("--VN", "500", "app/a1", "0/0/1/0/1"), .upstreamStatus, at: "a1", in: "app", status: 500),
    .init(
      "H29", line("----", "200", "app/a2", "0/1001/0/3/1005", retries: "+1"), .connectRefused,
      or: [.connectTimeout, .hostUnreachable, .staleKeepalive, .closedBeforeResponse], .possible, at: "a2", in: "app",
      status: 200),
    .init(
      "H30", line("SR--", "502"), .closedBeforeResponse, or: [.writeFailed], .possible, at: "a1", in: "app", status: 502
    ),
    .init(
      "H31", line("sR--", "504"), .writeTimeout, or: [.responseHeaderTimeout], .possible, at: "a1", in: "app",
      status: 504),
    .init("H32", line("KD--", "200"), .proxyDraining, .likely, at: "a1", in: "app", status: 200),
    .init("H33", line("UD--", "200"), .proxyDraining, .likely, at: "a1", in: "app", status: 200, who: .configuration),
    .init("H34", line("IH--", "500"), .proxyBug, at: "a1", in: "app", status: 500),
    .init(
      "H35", line("----", "503", "app/<STATS>"), .upstreamStatus, or: [.proxyDraining], .possible, in: "app",
      status: 503),
    .init(
      "H25", error("bc_err_name=ADDR_INUSE"), .localPortsExhausted, at: "a1", in: "app", status: 503),
    .init("H46", line("SD--", "-1"), .writeFailed, or: written, .likely, at: "a1", in: "app"),
    .init(
      "H47", line("SD--", "413"), .earlyFinalResponse, or: [.truncatedBody], .likely, at: "a1", in: "app", status: 413),
    .init("H49", line("sD--", "-1"), .writeTimeout, or: [.responseHeaderTimeout], .likely, at: "a1", in: "app"),
    .init("H50", line("sD--", "101"), .bodyIdleTimeout, .likely, at: "a1", in: "app", status: 101),
    .init("H51", line("CD--", "0"), .clientAborted, or: [.responseHeaderTimeout], .likely, at: "a1", in: "app"),
    .init(
      "H52", line("CD--", "413"), .earlyFinalResponse, or: [.clientAborted], .likely, at: "a1", in: "app", status: 413),
    .init(
      "H53", line("----", "-1"), .closedBeforeResponse,
      or: [.staleKeepalive, .resetBeforeResponse, .plaintextToTlsPort, .h2ProtocolViolation, .clientAborted], .possible,
      at: "a1", in: "app"),
    .init("H54", line("----", "99"), .notHttp, or: [.invalidHeader], .likely, at: "a1", in: "app"),
    .init("H54b", line("----", "600"), .notHttp, or: [.invalidHeader], .likely, at: "a1", in: "app", status: 600),
  ]
}
