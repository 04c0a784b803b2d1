internal import SluiceCore

/// Rows 33, 35, 41 and 43: the response's body stalls, is cut, goes on too long or does not decode.
extension LabCatalogue {
  static let bodies: [Scenario] = [
    at(
      "/stall-body?ms=120000", "Sends half of the body and stalls.", row: 33,
      .aborts(.bodyIdleTimeout, .application, timing: .bodyIdleTimeout)
    ) { request in
      [
        .awaitBody, .send(Reply.bytes(Reply.head(200, "Content-Length: 10") + "first")),
        .wait(milliseconds: request.number("ms", default: 120_000)), .send(Reply.bytes("last\n")),
      ]
    },
    at(
      "/stall-chunked?ms=120000", "Sends a chunk and stalls.", row: 33,
      .aborts(.bodyIdleTimeout, .application, timing: .bodyIdleTimeout)
    ) { request in
      [
        .awaitBody, .send(Reply.bytes(Reply.head(200, "Transfer-Encoding: chunked") + "5\r\nfirst\r\n")),
        .wait(milliseconds: request.number("ms", default: 120_000)), .send(Reply.bytes("5\r\nlast\n\r\n0\r\n\r\n")),
      ]
    },
    cut(
      "length", "Sends fewer bytes than Content-Length says and FIN.", Reply.head(200, "Content-Length: 10") + "first",
      .close),
    cut(
      "length-reset", "Sends fewer bytes than Content-Length says and a reset.",
      Reply.head(200, "Content-Length: 10") + "first", .reset),
    cut("length-nothing", "Sends a head that promises a body, and FIN.", Reply.head(200, "Content-Length: 10"), .close),
    cut(
      "chunked", "Sends a chunk and FIN, without the last chunk.",
      Reply.head(200, "Transfer-Encoding: chunked") + "5\r\nfirst\r\n", .close),
    cut(
      "chunked-inside", "Sends FIN inside a chunk.", Reply.head(200, "Transfer-Encoding: chunked") + "a\r\nfirst",
      .close),
    cut(
      "chunked-size", "Sends FIN inside a chunk's size.",
      Reply.head(200, "Transfer-Encoding: chunked") + "5\r\nfirst\r\n1", .close),
    cut(
      "chunked-last", "Sends FIN after the last chunk and before the trailers' end.",
      Reply.head(200, "Transfer-Encoding: chunked") + "5\r\nfirst\r\n0\r\n", .close),
    cut(
      "chunked-reset", "Sends a chunk and a reset.", Reply.head(200, "Transfer-Encoding: chunked") + "5\r\nfirst\r\n",
      .reset),
    cut(
      "close-delimited-reset", "Ends a body without a declared length with a reset.",
      Reply.head(200, "Connection: close") + "first", .reset),
    at(
      "/truncated-body/large", "Promises 8 MiB, sends half of it and FIN.", row: 35,
      .aborts(.truncatedBody, .application)
    ) { _ in
      [
        .awaitBody, .send(Reply.bytes(Reply.head(200, "Content-Length: 8388608"))),
        .fill(byte: UInt8(ascii: "x"), count: 4 << 20), .close,
      ]
    },
    sends(
      "/excess-body", "Sends more than Content-Length says.", row: 41, .passes(noting: [.excessBody]),
      Reply.head(200, "Content-Length: 3") + "ok\nand more\n"),
    sends(
      "/excess-after-chunks", "Sends bytes after the last chunk.", row: 41, .passes(noting: [.excessBody]),
      Reply.head(200, "Transfer-Encoding: chunked") + "3\r\nok\n\r\n0\r\n\r\nand more\n"),
    sends(
      "/excess-response", "Sends a second response that nobody asked for.", row: 41, .passes(noting: [.excessBody]),
      Reply.head(200, "Content-Length: 3") + "ok\n" + Reply.head(200, "Content-Length: 7") + "poison\n"),
    sends(
      "/204-with-body", "Sends a body with 204, which has none.", row: 41,
      .passes(204, noting: [.excessBody, .badFraming]),
      Reply.head(204) + "a body\n"),
    sends(
      "/204-with-length", "Sends Content-Length and a body with 204.", row: 41,
      .passes(204, noting: [.excessBody, .badFraming]), Reply.head(204, "Content-Length: 7") + "a body\n"),
    sends(
      "/304-with-body", "Sends a body with 304, which has none.", row: 41, .passes(304, noting: [.excessBody]),
      Reply.head(304, "ETag: \"1\"", "Content-Length: 7") + "a body\n"),
    sends(
      "/head-with-body", "Sends a body in answer to HEAD.", row: 41, .passes(noting: [.excessBody]),
      Reply.head(200, "Content-Length: 7") + "a body\n", request: .with(method: "HEAD")),
    sends(
      "/bad-gzip", "Says Content-Encoding: gzip and sends text: forwarded as it is unless the gateway decodes.",
      row: 43,
      .fails(.badContentCoding, 502, .httpResponseContentCoding, .application, mayAbort: true, maySucceed: true),
      Reply.head(200, "Content-Encoding: gzip", "Content-Length: 14") + "this is plain\n",
      request: .with(("Accept-Encoding", "gzip"))),
    at(
      "/truncated-gzip", "Sends the beginning of a gzip stream as a whole body.", row: 43,
      .fails(.badContentCoding, 502, .httpResponseContentCoding, .application, mayAbort: true, maySucceed: true),
      request: .with(("Accept-Encoding", "gzip"))
    ) { _ in
      let start: [UInt8] = [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03]
      return [.awaitBody, .send(Reply.bytes(Reply.head(200, "Content-Encoding: gzip", "Content-Length: 10")) + start)]
    },
  ]

  private static func cut(_ name: String, _ summary: String, _ text: String, _ last: Step) -> Scenario {
    at("/truncated-body/\(name)?ms=30", summary, row: 35, .aborts(.truncatedBody, .application)) { request in
      // The pause lets the head go on its way first, and what was sent be read before a reset.
      [
        .awaitBody, .send(Reply.bytes(text)), .wait(milliseconds: request.number("ms", default: 30)), last,
      ]
    }
  }
}
