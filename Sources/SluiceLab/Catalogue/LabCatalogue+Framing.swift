internal import SluiceCore

/// Rows 39 and 40: the response does not say clearly where its body ends, or its chunks are broken.
extension LabCatalogue {
  static let framing: [Scenario] = [
    framing(
      "length-and-chunked", "Content-Length and Transfer-Encoding", "Content-Length: 3\r\nTransfer-Encoding: chunked",
      chunks),
    framing("two-lengths", "two Content-Length that differ", "Content-Length: 3\r\nContent-Length: 4", "ok\n"),
    framing("length-list", "a list of lengths that differ", "Content-Length: 3, 4", "ok\n"),
    framing("length-negative", "a negative Content-Length", "Content-Length: -3", "ok\n"),
    framing("length-plus", "a Content-Length with a sign", "Content-Length: +3", "ok\n"),
    framing("length-word", "a Content-Length that is a word", "Content-Length: three", "ok\n"),
    framing("length-hex", "a Content-Length in hexadecimal", "Content-Length: 0x3", "ok\n"),
    framing("length-empty", "an empty Content-Length", "Content-Length:", "ok\n"),
    framing("length-overflow", "a Content-Length beyond 64 bits", "Content-Length: 18446744073709551619", "ok\n"),
    framing("length-fraction", "a Content-Length with a fraction", "Content-Length: 3.0", "ok\n"),
    framing(
      "coding-unknown", "an unknown transfer coding", "Transfer-Encoding: brotli, chunked", chunks, isCoding: true),
    framing(
      "coding-only-gzip", "a transfer coding that is not chunked", "Transfer-Encoding: gzip", "ok\n", isCoding: true),
    framing(
      "coding-not-final", "chunked before another coding", "Transfer-Encoding: chunked, gzip", chunks, isCoding: true),
    framing("coding-twice", "chunked twice", "Transfer-Encoding: chunked, chunked", chunks, isCoding: true),
    framing(
      "coding-two-fields", "chunked in two fields", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", chunks,
      isCoding: true),
    framing(
      "coding-hidden", "chunked behind a vertical tab", "Transfer-Encoding: \u{B}chunked", chunks, isCoding: true),
    framing("coding-parameter", "a parameter on chunked", "Transfer-Encoding: chunked;q=1", chunks, isCoding: true),
    framing("coding-identity", "the coding that was abolished", "Transfer-Encoding: identity", "ok\n", isCoding: true),
    framing("coding-empty", "an empty Transfer-Encoding", "Transfer-Encoding:", "ok\n", isCoding: true),
    sends(
      "/bad-framing/coding-in-1.0", "Has Transfer-Encoding in a response of HTTP/1.0.", row: 39,
      .fails(.badFraming, 502, .httpProtocolError, .application, or: [.badChunk]),
      "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, then: [.close]),
    sends(
      "/same-length-twice", "Has the same Content-Length twice: to be merged or refused.", row: 39,
      .fails(.badFraming, 502, .httpProtocolError, .application, maySucceed: true),
      Reply.head(200, "Content-Length: 3", "Content-Length: 3") + "ok\n"),
    sends(
      "/same-length-list", "Has the same length twice in one field: to be merged or refused.", row: 39,
      .fails(.badFraming, 502, .httpProtocolError, .application, maySucceed: true),
      Reply.head(200, "Content-Length: 3, 3") + "ok\n"),
    chunk("size-not-hex", "a chunk size that is a word", "size\r\nok\n\r\n0\r\n\r\n"),
    chunk("size-empty", "an empty chunk size", "\r\nok\n\r\n0\r\n\r\n"),
    chunk("size-negative", "a negative chunk size", "-3\r\nok\n\r\n0\r\n\r\n"),
    chunk("size-prefix", "a chunk size with 0x", "0x3\r\nok\n\r\n0\r\n\r\n"),
    chunk("size-overflow", "a chunk size beyond 64 bits", "10000000000000003\r\nok\n\r\n0\r\n\r\n"),
    chunk("size-space", "a space before the chunk size", " 3\r\nok\n\r\n0\r\n\r\n"),
    chunk("no-crlf-after-data", "no CRLF after the data", "3\r\nok\n0\r\n\r\n"),
    chunk("data-too-long", "more data than the size says", "3\r\nokay\n\r\n0\r\n\r\n"),
    chunk("bare-lf", "LF alone after the size", "3\nok\n\r\n0\r\n\r\n"),
    chunk("bare-cr-in-extension", "a CR without LF in a chunk's extension", "3;a=\rb\r\nok\n\r\n0\r\n\r\n"),
    chunk(
      "extension-too-large", "a chunk extension of 1 MiB",
      "3;x=" + String(repeating: "e", count: 1 << 20) + "\r\nok\n\r\n0\r\n\r\n"),
    chunk("trailer-invalid", "a trailer that is no field", "3\r\nok\n\r\n0\r\nno field\r\n\r\n", or: [.invalidHeader]),
    chunk(
      "trailer-too-large", "trailers of 1 MiB",
      "3\r\nok\n\r\n0\r\n" + String(repeating: "X-Filler: " + String(repeating: "f", count: 88) + "\r\n", count: 10_486)
        + "\r\n",
      or: [.headerSectionTooLarge, .headerTooLarge, .invalidHeader]),
    at(
      "/bad-chunk/later?ms=30", "Has a chunk size that is a word, after a good chunk and a pause.", row: 40,
      .aborts(.badChunk, .application)
    ) { request in
      [
        .awaitBody, .send(Reply.bytes(Reply.head(200, "Transfer-Encoding: chunked") + "3\r\nok\n\r\n")),
        .wait(milliseconds: request.number("ms", default: 30)), .send(Reply.bytes("size\r\nok\n\r\n0\r\n\r\n")), .close,
      ]
    },
  ]

  private static let chunks = "3\r\nok\n\r\n0\r\n\r\n"
  private static let badCoding = Expectation.fails(
    .badFraming, 502, .httpResponseTransferCoding, .application, or: [.badChunk, .invalidHeader])

  private static func framing(
    _ name: String, _ what: String, _ fields: String, _ body: String, isCoding: Bool = false
  ) -> Scenario {
    sends(
      "/bad-framing/\(name)", "Has \(what).", row: 39,
      isCoding ? badCoding : .fails(.badFraming, 502, .httpProtocolError, .application),
      Reply.head(200, fields) + body, then: [.close])
  }

  /// The first chunk is broken already, so a gateway that has the head and the chunk at once may answer 502.
  private static func chunk(_ name: String, _ what: String, _ body: String, or causes: [Cause] = []) -> Scenario {
    sends(
      "/bad-chunk/\(name)", "Has \(what).", row: 40,
      .fails(.badChunk, 502, .httpResponseTransferCoding, .application, or: causes, mayAbort: true),
      Reply.head(200, "Transfer-Encoding: chunked") + body, then: [.close])
  }
}
