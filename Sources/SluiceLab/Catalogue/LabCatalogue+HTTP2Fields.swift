internal import SluiceCore

/// Rows 37 and 39 over HTTP/2: heads and lengths that no message may have (RFC 9113 section 8).
extension LabCatalogue {
  static let http2Fields: [Scenario] = [
    malformed("no-status", "Sends a head without :status.", [("server", "lab")]),
    malformed("two-statuses", "Sends :status twice.", [(":status", "200"), (":status", "204")]),
    malformed("status-abc", "Sends a :status of letters.", [(":status", "abc")]),
    malformed("status-99", "Sends a :status of two digits.", [(":status", "99")]),
    malformed("status-101", "Answers 101, which HTTP/2 does not have.", or: [.unexpectedUpgrade], [(":status", "101")]),
    malformed("unknown-pseudo", "Sends a pseudo-header field that nobody knows.", [(":status", "200"), (":new", "1")]),
    malformed("request-pseudo", "Sends :path in a response.", [(":status", "200"), (":path", "/")]),
    malformed("late-pseudo", "Sends :status behind another field.", [("server", "lab"), (":status", "200")]),
    malformed("upper-case", "Sends a field name with an upper-case letter.", [(":status", "200"), ("X-Upper", "1")]),
    malformed("empty-name", "Sends a field without a name.", [(":status", "200"), ("", "1")]),
    malformed("name-space", "Sends a field name with a space.", [(":status", "200"), ("x name", "1")]),
    malformed("value-nul", "Sends a field value with a NUL.", [(":status", "200"), ("x-nul", "a\u{0}b")]),
    malformed(
      "value-line-end", "Sends a field value with a line end and another field behind it.",
      [(":status", "200"), ("x-split", "a\r\nSet-Cookie: stolen=1")]),
    malformed("value-space", "Sends a field value with a space before it.", [(":status", "200"), ("x-space", " a")]),
    malformed("connection", "Sends a Connection field.", [(":status", "200"), ("connection", "close")]),
    malformed("chunked", "Sends Transfer-Encoding.", [(":status", "200"), ("transfer-encoding", "chunked")]),
    malformed("upgrade", "Sends an Upgrade field.", [(":status", "200"), ("upgrade", "websocket")]),
    frames("/h2/interim-end", "Ends the stream with 103.", row: 37, field()) { request in
      [.awaitBody, .send(HTTP2Reply.head(103, on: request.streamID, ends: true))]
    },
    frames(
      "/h2/length-abc", "Sends a Content-Length that is no number.", row: 39,
      .fails(.badFraming, 502, .httpProtocolError, .application, or: [.invalidHeader, .h2ProtocolViolation])
    ) { content("abc", "first", $0) },
    frames(
      "/h2/two-lengths", "Sends two Content-Lengths that differ.", row: 39,
      .fails(.badFraming, 502, .httpProtocolError, .application, or: [.invalidHeader, .h2ProtocolViolation])
    ) { request in
      let stream = request.streamID
      let head = HTTP2Reply.head(200, ("content-length", "3"), ("content-length", "5"), on: stream)
      return [.awaitBody, .send(head + HTTP2Reply.data("first", stream, ends: true))]
    },
    frames(
      "/h2/length-short", "Ends the stream before the length that it declared.", row: 39, wrongLength
    ) { content("10", "first", $0) },
    frames(
      "/h2/length-long", "Sends more than the length that it declared.", row: 39, wrongLength
    ) { content("3", "first", $0) },
    frames("/h2/length-empty", "Declares a length and ends the stream with the head.", row: 39, wrongLength) {
      [.awaitBody, .send(HTTP2Reply.head(200, ("content-length", "5"), on: $0.streamID, ends: true))]
    },
    late("trailers-pseudo", "Sends :status in the trailers.", [(":status", "200")], ends: true),
    late("trailers-upper-case", "Sends trailers with an upper-case letter.", [("X-Upper", "1")], ends: true),
    late("trailers-open", "Sends trailers that do not end the stream.", [("x-late", "1")], ends: false),
  ]

  /// The head is forwarded before the end is seen, or not yet.
  private static let wrongLength = Expectation.fails(
    .badFraming, 502, .httpProtocolError, .application, or: [.truncatedBody, .h2ProtocolViolation, .h2StreamReset],
    mayAbort: true)

  private static func field(or others: [Cause] = []) -> Expectation {
    .fails(.invalidHeader, 502, .httpProtocolError, .application, or: [.h2ProtocolViolation] + others)
  }

  private static func malformed(
    _ name: String, _ summary: String, or others: [Cause] = [], _ fields: [(String, String)]
  ) -> Scenario {
    frames("/h2/\(name)", summary, row: 37, field(or: others)) { request in
      let stream = request.streamID
      return [.awaitBody, .send(HTTP2Reply.fields(fields, stream) + HTTP2Reply.data("ok\n", stream, ends: true))]
    }
  }

  private static func content(_ length: String, _ body: String, _ request: LabRequest) -> [Step] {
    let stream = request.streamID
    let head = HTTP2Reply.head(200, ("content-length", length), on: stream)
    return [.awaitBody, .send(head), .wait(milliseconds: 30), .send(HTTP2Reply.data(body, stream, ends: true))]
  }

  /// What is wrong comes behind the body.
  private static func late(_ name: String, _ summary: String, _ fields: [(String, String)], ends: Bool) -> Scenario {
    frames(
      "/h2/\(name)", summary, row: 37, .aborts(.invalidHeader, .application, or: [.h2ProtocolViolation, .badFraming])
    ) { request in
      let stream = request.streamID
      return [
        .awaitBody, .send(HTTP2Reply.head(on: stream) + HTTP2Reply.data("first", stream)), .wait(milliseconds: 30),
        .send(HTTP2Reply.fields(fields, stream, ends: ends)), .hang,
      ]
    }
  }
}
