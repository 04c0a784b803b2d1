internal import SluiceCore
internal import SluiceWire

/// HTTP/2 that must simply work.
extension LabCatalogue {
  static let http2Healthy: [Scenario] = [
    frames("/h2/ok", "Answers over HTTP/2.", .passes()) { HTTP2Reply.text("ok\n", for: $0) },
    frames("/h2/empty", "Answers with a head that ends the stream.", .passes()) { request in
      [.awaitBody, .send(HTTP2Reply.head(on: request.streamID, ends: true))]
    },
    frames("/h2/204", "Answers 204.", .passes(204)) { request in
      [.awaitBody, .send(HTTP2Reply.head(204, on: request.streamID, ends: true))]
    },
    frames(
      "/h2/head", "Answers HEAD with the length of what it does not send.", .passes(), request: .with(method: "HEAD")
    ) { request in
      [.awaitBody, .send(HTTP2Reply.head(200, ("content-length", "1000"), on: request.streamID, ends: true))]
    },
    frames("/h2/bytes", "Sends 8 MiB, as far as the windows allow at a time.", .passes()) { request in
      [
        .awaitBody, .send(HTTP2Reply.head(200, ("content-length", "8388608"), on: request.streamID)),
        .fill(byte: UInt8(ascii: "x"), count: 8 << 20), .send(HTTP2Reply.data("", request.streamID, ends: true)),
      ]
    },
    frames("/h2/without-length", "Sends a body without a declared length.", .passes()) { request in
      let stream = request.streamID
      return [
        .awaitBody, .send(HTTP2Reply.head(on: stream) + HTTP2Reply.data("first ", stream)), .wait(milliseconds: 20),
        .send(HTTP2Reply.data("last\n", stream, ends: true)),
      ]
    },
    frames("/h2/echo", "Sends the body of the request back.", .passes(), request: .post(1 << 20)) { request in
      [.send(HTTP2Reply.head(on: request.streamID)), .echoBody]
    },
    frames("/h2/trailers", "Sends trailers.", .passes(), request: .with(("TE", "trailers"))) { request in
      let stream = request.streamID
      return [
        .awaitBody,
        .send(
          HTTP2Reply.head(on: stream) + HTTP2Reply.data("ok\n", stream)
            + HTTP2Reply.fields([("x-checksum", "abc")], stream, ends: true)),
      ]
    },
    frames("/h2/early-hints", "Sends 103 before the response.", .passes()) { request in
      let hints = HTTP2Reply.head(103, ("link", "</style.css>; rel=preload"), on: request.streamID)
      return [.awaitBody, .send(hints)] + HTTP2Reply.text("ok\n", for: request)
    },
    frames("/h2/padded", "Pads its frames, and sends some that nobody has to know.", .passes()) { request in
      let stream = request.streamID
      let head = HTTP2Reply.block([(":status", "200")])
      return [
        .awaitBody,
        .send(
          HTTP2Reply.frame(.unknown, flags: 0xFF, stream, [1, 2, 3])
            + HTTP2Reply.setting(0x5A5A, 7) + HTTP2Reply.frame(.ping, 0, [1, 2, 3, 4, 5, 6, 7, 8])
            + HTTP2Reply.frame(.headers, flags: HTTP2Reply.endHeaders | 0x8, stream, [5] + head + [0, 0, 0, 0, 0])
            + HTTP2Reply.frame(.priority, stream, [0, 0, 0, 0, 16])
            + HTTP2Reply.frame(
              .data, flags: HTTP2Reply.endStream | 0x8, stream,
              [200] + Array("ok\n".utf8)
                + [UInt8](repeating: 0, count: 200))),
      ]
    },
    frames("/h2/continuation", "Sends a head in three frames.", .passes()) { request in
      let block = HTTP2Reply.block([(":status", "200"), ("x-long", String(repeating: "v", count: 600))])
      let stream = request.streamID
      return [
        .awaitBody,
        .send(
          HTTP2Reply.frame(.headers, stream, Array(block[..<5]))
            + HTTP2Reply.frame(.continuation, stream, Array(block[5..<300]))
            + HTTP2Reply.frame(.continuation, flags: HTTP2Reply.endHeaders, stream, Array(block[300...]))
            + HTTP2Reply.data("ok\n", stream, ends: true)),
      ]
    },
    frames("/h2/own-500", "Answers 500 on its own account.", row: 57, .own(500)) {
      HTTP2Reply.text("my own words\n", 500, for: $0)
    },
    frames(
      "/h2/early-413", "Answers 413 before the body is whole and resets the stream with NO_ERROR.", row: 29,
      .passes(413, noting: [.earlyFinalResponse]), request: .post(8 << 20)
    ) { request in
      [.awaitBodyBytes(1)] + HTTP2Reply.text("too large\n", 413, for: request).dropFirst()
        + [.send(HTTP2Reply.reset(.noError, request.streamID))]
    },
    frames("/h2/goaway-graceful", "Says GOAWAY that leaves this request in, answers it and closes.", .passes()) {
      request in
      [.awaitBody, .send(HTTP2Reply.goAway(last: request.streamID))] + HTTP2Reply.text("the last one\n", for: request)
        + [.close]
    },
    frames("/h2/grpc", "Answers a gRPC call with a message and its trailers.", .passes(), request: grpc) { request in
      let stream = request.streamID
      return [
        .awaitBody,
        .send(
          HTTP2Reply.head(200, ("content-type", "application/grpc"), on: stream)
            + HTTP2Reply.frame(.data, stream, [0, 0, 0, 0, 0])
            + HTTP2Reply.fields([("grpc-status", "0")], stream, ends: true)),
      ]
    },
    frames("/h2/grpc-trailers-only", "Answers a gRPC call with an error and nothing else.", .passes(), request: grpc) {
      request in
      [
        .awaitBody,
        .send(
          HTTP2Reply.head(
            200, ("content-type", "application/grpc"), ("grpc-status", "14"), ("grpc-message", "not now"),
            on: request.streamID, ends: true)),
      ]
    },
  ]

  private static let grpc = RequestHint.post(
    5, headers: [(name: "Content-Type", value: "application/grpc"), (name: "TE", value: "trailers")])

  /// A scenario over HTTP/2 behind TLS, at a path below `/h2/`.
  static func frames(
    _ target: String, _ summary: String, row: Int? = nil, _ expected: Expectation, request: RequestHint = .get,
    _ script: @escaping @Sendable (LabRequest) -> [Step]
  ) -> Scenario {
    at(target, summary, row: row, expected, request: request, over: .tlsHTTP2, script)
  }

  /// One of each kind of the scenarios over HTTP/2 behind TLS again, in the clear, by prior knowledge, below `/h2c/`:
  /// TLS changes nothing in the frames.
  static let http2Clear: [Scenario] = {
    let names: Set = [
      "h2-ok", "h2-bytes", "h2-echo", "h2-trailers", "h2-grpc", "h2-early-hints", "h2-goaway-once", "h2-goaway",
      "h2-refused-once", "h2-refused", "h2-reset-cancel", "h2-reset-late", "h2-bad-hpack", "h2-no-status",
      "h2-close-before-response", "h2-reset-before-response", "h2-cut-body", "h2-stall-head", "h2-stall-body",
    ]
    return (http2Healthy + http2Streams + http2Violations + http2Fields).filter { names.contains($0.name) }.map {
      other in
      Scenario(
        name: "h2c" + other.name.dropFirst(2), summary: other.summary, row: other.row,
        reach: .path("/h2c" + other.target.dropFirst(3)), transport: .http2, request: other.request,
        expected: other.expected, service: other.service)
    }
  }()
}
