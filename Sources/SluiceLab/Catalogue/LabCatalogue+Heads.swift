internal import SluiceCore

/// Rows 34, 37 and 38, and status lines that are not what they should be.
extension LabCatalogue {
  static let heads: [Scenario] = [
    at(
      "/truncated-head", "Sends half of the response's head and FIN.", row: 34, cutHead
    ) { _ in [.awaitBody, .send(Reply.bytes(halfHead)), .close] },
    at(
      "/truncated-head-reset?ms=30", "Sends half of the response's head and a reset.", row: 34, cutHead
    ) { request in
      // The pause lets the peer read what came before: a reset may overtake it otherwise.
      [
        .awaitBody, .send(Reply.bytes(halfHead)), .wait(milliseconds: request.number("ms", default: 30)), .reset,
      ]
    },
    at("/truncated-status-line", "Sends half of a status line and FIN.", row: 34, cutHead) { _ in
      [.awaitBody, .send(Reply.bytes("HTTP/1.1 20")), .close]
    },
    invalid("empty-name", "a field without a name", ": value\r\n"),
    invalid("space-in-name", "a space inside a field's name", "X Broken: value\r\n"),
    invalid("bad-name", "a delimiter in a field's name", "X(Broken): value\r\n"),
    invalid("control-in-name", "a control character in a field's name", "X-\u{1}Broken: value\r\n"),
    invalid("non-ascii-name", "a letter beyond ASCII in a field's name", "X-Größe: value\r\n"),
    invalid("nul", "a NUL in a field's value", "X-Broken: a\0b\r\n"),
    invalid("control-in-value", "a control character in a field's value", "X-Broken: a\u{7}b\r\n"),
    invalid("delete-in-value", "a DEL in a field's value", "X-Broken: a\u{7F}b\r\n"),
    invalid("bare-cr", "a CR without LF in a field's value", "X-Broken: a\rb\r\n"),
    invalid("no-colon", "a line without a colon", "this is no field\r\n"),
    invalid("leading-space", "a space before the first field", " X-Broken: value\r\n", isFirst: true),
    sends(
      "/invalid-header/bare-lf", "Ends its lines with LF alone.", row: 37,
      .fails(.invalidHeader, 502, .httpProtocolError, .application, maySucceed: true),
      "HTTP/1.1 200 OK\nContent-Length: 3\n\nok\n"),
    sends(
      "/invalid-header/obs-fold", "Folds a field's value over two lines.", row: 37,
      .fails(.invalidHeader, 502, .httpProtocolError, .application, maySucceed: true),
      Reply.head(200, "X-Folded: first\r\n second", "Content-Length: 3") + "ok\n"),
    sends(
      "/space-before-colon", "Puts a space between a field's name and its colon: to be removed.", row: 37, .passes(),
      Reply.head(200, "X-Spaced : value", "Content-Length: 3") + "ok\n"),
    sends(
      "/high-bytes", "Has bytes above 127 in a field's value: they pass as they are.", .passes(),
      Reply.head(200, "X-Name: Größe", "Content-Length: 3") + "ok\n"),
    sends(
      "/empty-value", "Has a field without a value.", .passes(),
      Reply.head(200, "X-Empty:", "Content-Length: 3") + "ok\n"),
    sends(
      "/invalid-connection-option", "Names Content-Length in Connection.", row: 37,
      .fails(.invalidHeader, 502, .httpProtocolError, .application, or: [.badFraming], maySucceed: true),
      Reply.head(200, "Connection: content-length", "Content-Length: 3") + "ok\n"),
    status("99", "HTTP/1.1 99 Too Small"),
    status("000", "HTTP/1.1 000 Nothing"),
    status("1000", "HTTP/1.1 1000 Too Large"),
    status("600", "HTTP/1.1 600 Beyond", maySucceed: true),
    status("abc", "HTTP/1.1 abc What"),
    status("negative", "HTTP/1.1 -200 OK"),
    status("empty", "HTTP/1.1  OK"),
    status("none", "HTTP/1.1"),
    status("two-spaces", "HTTP/1.1  200 OK"),
    status("control-in-reason", "HTTP/1.1 200 O\u{1}K"),
    status("no-reason-space", "HTTP/1.1 200", maySucceed: true),
    sends(
      "/empty-reason", "Has no reason phrase.", .passes(), "HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\nok\n"),
    at(
      "/head-too-large?n=1048576", "Has fields of that many bytes in all, each of them small.", row: 38,
      .fails(.headerSectionTooLarge, 502, .httpResponseHeaderSectionSize, .application, or: [.headerTooLarge])
    ) { request in
      let line = "X-Filler: " + String(repeating: "f", count: 88) + "\r\n"
      let count = request.number("n", default: 1 << 20, max: 1 << 26) / line.utf8.count
      return [
        .awaitBody, .send(Reply.bytes("HTTP/1.1 200 OK\r\n" + String(repeating: line, count: count))),
        .send(Reply.bytes("Content-Length: 3\r\n\r\nok\n")),
      ]
    },
    at(
      "/header-too-large?n=1048576", "Has one field of that many bytes.", row: 38,
      .fails(.headerTooLarge, 502, .httpResponseHeaderSize, .application, or: [.headerSectionTooLarge])
    ) { request in
      [
        .awaitBody, .send(Reply.bytes("HTTP/1.1 200 OK\r\nSet-Cookie: session=")),
        .fill(byte: UInt8(ascii: "f"), count: request.number("n", default: 1 << 20, max: 1 << 26)),
        .send(Reply.bytes("\r\nContent-Length: 3\r\n\r\nok\n")),
      ]
    },
    at(
      "/too-many-headers?n=5000", "Has that many fields.", row: 38,
      .fails(.headerSectionTooLarge, 502, .httpResponseHeaderSectionSize, .application, or: [.headerTooLarge])
    ) { request in
      let fields = (0..<request.number("n", default: 5000, max: 1 << 20)).map { "X-\($0): v\r\n" }.joined()
      return [.awaitBody, .send(Reply.bytes("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 3\r\n\r\nok\n"))]
    },
    at(
      "/status-line-too-long?n=1048576", "Has a reason phrase of that many bytes.", row: 38,
      .fails(
        .headerSectionTooLarge, 502, .httpResponseHeaderSectionSize, .application,
        or: [.headerTooLarge, .notHttp, .invalidHeader])
    ) { request in
      [
        .awaitBody, .send(Reply.bytes("HTTP/1.1 200 ")),
        .fill(byte: UInt8(ascii: "r"), count: request.number("n", default: 1 << 20, max: 1 << 26)),
        .send(Reply.bytes("\r\nContent-Length: 3\r\n\r\nok\n")),
      ]
    },
    at(
      "/endless-head?ms=1", "Sends fields without end.", row: 38,
      .fails(
        .headerSectionTooLarge, 502, .httpResponseHeaderSectionSize, .application,
        or: [.headerTooLarge, .responseHeaderTimeout], timing: .endless)
    ) { request in
      let lines = String(repeating: "X-Filler: " + String(repeating: "f", count: 88) + "\r\n", count: 40)
      return [
        .awaitBody, .send(Reply.bytes("HTTP/1.1 200 OK\r\n")),
        .endless(Reply.bytes(lines), milliseconds: request.number("ms", default: 1)),
      ]
    },
  ]

  private static let halfHead = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Le"
  private static let cutHead = Expectation.fails(.truncatedHeaders, 502, .httpResponseIncomplete, .application)

  private static func invalid(_ name: String, _ what: String, _ line: String, isFirst: Bool = false) -> Scenario {
    let fields = isFirst ? line + "Content-Length: 3\r\n" : "Content-Length: 3\r\n" + line
    return sends(
      "/invalid-header/\(name)", "Has \(what).", row: 37,
      .fails(.invalidHeader, 502, .httpProtocolError, .application), "HTTP/1.1 200 OK\r\n" + fields + "\r\nok\n")
  }

  private static func status(_ name: String, _ line: String, maySucceed: Bool = false) -> Scenario {
    sends(
      "/invalid-status/\(name)", "Has a status line that HTTP does not allow: '\(line)'.", row: 36,
      .fails(
        .notHttp, 502, .httpProtocolError, .configuration, or: [.invalidHeader], maySucceed: maySucceed),
      line + "\r\nContent-Length: 3\r\n\r\nok\n")
  }
}
