internal import SluiceCore

/// Row 36: what answers is not HTTP.
extension LabCatalogue {
  static let notHTTP = Expectation.fails(.notHttp, 502, .httpProtocolError, .configuration)

  static let garbage: [Scenario] = [
    garbage("ssh", "an SSH banner", Reply.bytes("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")),
    garbage("smtp", "an SMTP banner", Reply.bytes("220 mail.example.test ESMTP ready\r\n")),
    garbage("ftp", "an FTP banner", Reply.bytes("220 (vsFTPd 3.0.3)\r\n")),
    garbage("redis", "an error of Redis", Reply.bytes("-ERR wrong number of arguments for 'get' command\r\n")),
    garbage("mysql", "the handshake packet of MySQL", mysql),
    garbage("postgres", "an error packet of PostgreSQL", postgres),
    garbage("http2", "a SETTINGS frame of HTTP/2", settings),
    garbage("http2-goaway", "a GOAWAY frame of HTTP/2", goaway),
    garbage("fastcgi", "a STDOUT record of FastCGI", fastCGI),
    garbage("html", "an HTML page without a head", Reply.bytes("<!DOCTYPE html>\n<html><body>no head</body></html>\n")),
    garbage(
      "stack-trace", "a stack trace",
      Reply.bytes(
        "Traceback (most recent call last):\n  File \"app.py\", line 12, in handle\n    raise ValueError(name)\n"
          + "ValueError: name\n")),
    garbage(
      "panic", "a panic of a Go program",
      Reply.bytes("panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\n")),
    garbage("json", "JSON without a head", Reply.bytes("{\"status\":\"ok\"}\n")),
    garbage("text", "text without a head, as HTTP/0.9 did", Reply.bytes("Hello, this is the page.\n")),
    garbage("binary", "random-looking bytes", (0..<256).map { UInt8(truncatingIfNeeded: $0 * 167 + 13) }),
    garbage(
      "tls-record", "a TLS handshake record", [0x16, 0x03, 0x03, 0x00, 0x04, 0x0E, 0x00, 0x00, 0x00],
      or: [.plaintextToTlsPort]),
    at(
      "/garbage/tls-alert", "Answers with a TLS alert record.", row: 23,
      .fails(.plaintextToTlsPort, 502, .httpProtocolError, .configuration)
    ) { _ in [.awaitBody, .send(alert), .close] },
    garbage(
      "empty-lines", "nothing but empty lines", Reply.bytes(String(repeating: "\r\n", count: 64)),
      or: [
        .closedBeforeResponse, .truncatedHeaders, .invalidHeader,
      ]),
    garbage("one-byte", "a single byte", Reply.bytes("x"), or: [.truncatedHeaders]),
    garbage("lower-case", "a status line in lower case", Reply.bytes("http/1.1 200 ok\r\ncontent-length: 0\r\n\r\n")),
    garbage(
      "version-2", "a status line of HTTP/2.0", Reply.bytes("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
      or: [
        .invalidHeader
      ]),
    garbage("icy", "the status line of a radio stream", Reply.bytes("ICY 200 OK\r\nicy-name: radio\r\n\r\nnoise")),
    garbage("request", "a request instead of a response", Reply.bytes("GET / HTTP/1.1\r\nHost: example.test\r\n\r\n")),
    garbage("late", "text, and keeps the connection open", Reply.bytes("Hello\n"), last: .hang),
  ]

  private static func garbage(
    _ name: String, _ what: String, _ bytes: [UInt8], or alternatives: [Cause] = [], last: Step = .close
  ) -> Scenario {
    var expected = notHTTP
    expected.alternativeCauses = alternatives
    return at("/garbage/\(name)", "Answers with \(what).", row: 36, expected) { _ in
      [.awaitBody, .send(bytes), last]
    }
  }

  /// Protocol version 10, a server version, a thread, the salt, capabilities: as a server greets a client.
  static let mysql: [UInt8] = {
    let payload: [UInt8] =
      [0x0A] + Reply.bytes("8.0.36") + [0x00, 0x2A, 0x00, 0x00, 0x00] + Reply.bytes("abcdefgh") + [0x00]
      + [0xFF, 0xF7, 0xFF, 0x02, 0x00, 0xFF, 0xDF, 0x15] + [UInt8](repeating: 0, count: 10)
      + Reply.bytes("ijklmnopqrst") + [0x00] + Reply.bytes("caching_sha2_password") + [0x00]
    return [UInt8(payload.count), 0x00, 0x00, 0x00] + payload
  }()

  /// ErrorResponse: severity, code, message.
  static let postgres: [UInt8] = {
    let fields =
      Reply.bytes("SFATAL") + [0] + Reply.bytes("C0A000") + [0] + Reply.bytes("Munsupported protocol") + [0, 0]
    return [UInt8(ascii: "E"), 0x00, 0x00, 0x00, UInt8(fields.count + 4)] + fields
  }()

  /// Three settings: MAX_CONCURRENT_STREAMS 128, INITIAL_WINDOW_SIZE 65536, MAX_FRAME_SIZE 16777215 (RFC 9113 section
  /// 6.5).
  static let settings: [UInt8] =
    [0x00, 0x00, 0x12, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00]
    + [0x00, 0x03, 0x00, 0x00, 0x00, 0x80] + [0x00, 0x04, 0x00, 0x01, 0x00, 0x00] + [
      0x00, 0x05, 0x00, 0xFF, 0xFF, 0xFF,
    ]

  /// Last stream 0, PROTOCOL_ERROR (RFC 9113 section 6.8).
  static let goaway: [UInt8] =
    [0x00, 0x00, 0x08, 0x07, 0x00, 0x00, 0x00, 0x00, 0x00] + [0, 0, 0, 0] + [0, 0, 0, 1]

  /// Version 1, STDOUT (6), request 1, a CGI head of 33 bytes padded to 40.
  static let fastCGI: [UInt8] =
    [0x01, 0x06, 0x00, 0x01, 0x00, 33, 0x07, 0x00] + Reply.bytes("Content-Type: text/plain\r\n\r\nhello")
    + [UInt8](repeating: 0, count: 7)
}
