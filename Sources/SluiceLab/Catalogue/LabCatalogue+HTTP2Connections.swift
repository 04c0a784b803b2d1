internal import SluiceCore
internal import SluiceWire

/// What goes wrong before a request could name its scenario over HTTP/2, and what agrees on a protocol. Each has a port
/// of its own.
extension LabCatalogue {
  static let http2Connections: [Scenario] = [
    atPort(
      "h2-agreed", "Has HTTP/2 alone where ALPN may agree on either.", .passes(), over: .tlsAny,
      .secure(.http2, .frames { HTTP2Reply.text("HTTP/2\n", for: $0) })),
    connection(
      "h2-settings-never", "Agrees on HTTP/2 and never sends SETTINGS, or anything.", row: 48,
      .fails(
        .responseHeaderTimeout, 504, .httpResponseTimeout, .application,
        or: [.h2PingTimeout, .tlsHandshakeTimeout, .connectTimeout], timing: .responseHeadTimeout), [.hang]),
    connection(
      "h2-settings-bad", "Begins with SETTINGS that nobody may have.", row: 48, violation,
      [
        .send(HTTP2Reply.setting(5, 1000)), .hang,
      ]),
    connection(
      "h2-ping-first", "Begins with a PING instead of SETTINGS.", row: 48, violation,
      [
        .send(HTTP2Reply.frame(.ping, 0, [1, 2, 3, 4, 5, 6, 7, 8])), .hang,
      ]),
    connection(
      "h2-goaway-first", "Says GOAWAY at accept and closes: it is draining.", row: 45,
      .fails(
        .h2GoawayUnprocessed, 502, .connectionTerminated, .deploy,
        or: [.closedBeforeResponse, .resetBeforeResponse, .connectReset]),
      [
        .send(HTTP2Reply.setting(3, 100) + HTTP2Reply.goAway(last: 0)), .close,
      ]),
    connection(
      "h2-close-first", "Agrees on HTTP/2 and sends FIN.", row: 26,
      .fails(
        .closedBeforeResponse, 502, .connectionTerminated, .application,
        or: [.connectReset, .writeFailed, .resetBeforeResponse, .tlsClosedInHandshake, .h2ProtocolViolation]
      ).looksLike(.connectReset, .writeFailed, .resetBeforeResponse), [.close]),
    connection(
      "h2-http1", "Agrees on HTTP/2 and answers in HTTP/1.1.", row: 48, notHTTP2,
      [
        .awaitInput, .send(Reply.bytes(Reply.head(400, "Content-Length: 0", "Connection: close"))), .close,
      ]),
    atPort(
      "h2-no-alpn", "Does not answer ALPN, and has HTTP/1.1 alone.", row: 48,
      .fails(.h2ProtocolViolation, 502, .httpProtocolError, .application, or: [.notHttp, .tlsHandshakeFailed]),
      over: .tlsHTTP2,
      .secure(LabTLS(protocols: []), .answers { Reply.text("HTTP/1.1 alone\n", 400, for: $0) + [.close] })),
    clear(
      "h2c-http1", "Has HTTP/1.1 alone and answers the preface of HTTP/2 with 400.", row: 48, notHTTP2,
      [
        .awaitInput, .send(Reply.bytes(Reply.head(400, "Content-Length: 0", "Connection: close"))), .close,
      ]),
    clear(
      "h2c-ssh", "An SSH server, which greets before it is asked.", row: 36, notHTTP2,
      [
        .send(Reply.bytes("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")), .hang,
      ]),
    clear(
      "h2c-to-tls", "A TLS server that gets the preface of HTTP/2: a fatal alert record, then FIN.", row: 23,
      .fails(
        .plaintextToTlsPort, 502, .httpProtocolError, .configuration,
        or: [.h2ProtocolViolation, .notHttp]),
      [.awaitInput, .send(alert), .close]),
    clear(
      "h2c-settings-never", "Takes the connection and never sends SETTINGS, or anything.", row: 48,
      .fails(
        .responseHeaderTimeout, 504, .httpResponseTimeout, .application, or: [.h2PingTimeout, .connectTimeout],
        timing: .responseHeadTimeout), [.hang]),
  ]

  private static let violation = Expectation.fails(.h2ProtocolViolation, 502, .httpProtocolError, .application)

  private static let notHTTP2 = Expectation.fails(
    .h2ProtocolViolation, 502, .httpProtocolError, .application, or: [.notHttp])

  private static func connection(
    _ name: String, _ summary: String, row: Int, _ expected: Expectation, _ steps: [Step]
  ) -> Scenario {
    atPort(name, summary, row: row, expected, over: .tlsHTTP2, .secure(.http2, .greets(steps)))
  }

  private static func clear(
    _ name: String, _ summary: String, row: Int, _ expected: Expectation, _ steps: [Step]
  ) -> Scenario {
    atPort(name, summary, row: row, expected, over: .http2, .greets(steps))
  }
}
