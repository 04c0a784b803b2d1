internal import SluiceCore
internal import SluiceWire

/// Row 48: frames that HTTP/2 does not allow (RFC 9113 sections 4 to 6), in place of a response.
extension LabCatalogue {
  static let http2Violations: [Scenario] = [
    breaks("data-on-zero", "Sends DATA on stream 0.") { _ in HTTP2Reply.data("nobody's\n", 0) },
    breaks("data-before-head", "Sends DATA before the head of the response.", or: [.invalidHeader, .badFraming]) {
      HTTP2Reply.data("early\n", $0, ends: true)
    },
    breaks("data-on-idle", "Sends DATA on a stream that nobody opened.") { HTTP2Reply.data("early\n", $0 + 200) },
    breaks("head-on-idle", "Sends a head on a stream that nobody opened.") {
      HTTP2Reply.head(on: $0 + 200, ends: true)
    },
    breaks("head-on-even", "Opens a stream of its own without a promise.") { _ in HTTP2Reply.head(on: 2, ends: true) },
    breaks("bad-hpack", "Sends a header block that cannot be decoded.") {
      HTTP2Reply.frame(.headers, flags: HTTP2Reply.endHeaders, $0, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])
    },
    breaks("hpack-table", "Sends a header block that makes the table larger than was allowed.") {
      HTTP2Reply.frame(.headers, flags: HTTP2Reply.endHeaders, $0, [0x3F, 0xFF, 0xFF, 0xFF, 0x07, 0x88])
    },
    breaks("window-overflow", "Makes the connection's window larger than a window can be.") { _ in
      HTTP2Reply.frame(.windowUpdate, 0, HTTP2Reply.number(0x7FFF_FFFF))
    },
    breaks("stream-window-overflow", "Makes the stream's window larger than a window can be.") {
      HTTP2Reply.frame(.windowUpdate, $0, HTTP2Reply.number(0x7FFF_FFFF))
    },
    breaks("window-zero", "Widens the connection's window by nothing.") { _ in
      HTTP2Reply.frame(.windowUpdate, 0, HTTP2Reply.number(0))
    },
    breaks("frame-too-large", "Begins a frame of 16 MiB.") {
      HTTP2Reply.frame(.headers, flags: HTTP2Reply.endHeaders, $0, [0x88], length: 0xFF_FFFF)
    },
    breaks("settings-window", "Sets an initial window that is larger than a window can be.") { _ in
      HTTP2Reply.setting(4, 0x8000_0000)
    },
    breaks("settings-frame-size", "Sets a frame size that is smaller than allowed.") { _ in
      HTTP2Reply.setting(5, 1000)
    },
    breaks("settings-push", "Sets ENABLE_PUSH to 2.") { _ in HTTP2Reply.setting(2, 2) },
    breaks("settings-length", "Sends SETTINGS of 5 bytes.") { _ in HTTP2Reply.frame(.settings, 0, [0, 3, 0, 0, 1]) },
    breaks("settings-on-stream", "Sends SETTINGS on the request's stream.") { HTTP2Reply.frame(.settings, $0) },
    breaks("settings-ack", "Acknowledges SETTINGS with a payload.") { _ in
      HTTP2Reply.frame(.settings, flags: HTTP2Reply.acknowledgement, 0, [0, 3, 0, 0, 0, 1])
    },
    breaks("ping-length", "Sends a PING of 4 bytes.") { _ in HTTP2Reply.frame(.ping, 0, [1, 2, 3, 4]) },
    breaks("reset-on-zero", "Resets stream 0.") { _ in HTTP2Reply.reset(.cancel, 0) },
    breaks("reset-on-idle", "Resets a stream that nobody opened.") { HTTP2Reply.reset(.cancel, $0 + 200) },
    breaks("push", "Promises a push, which no gateway allows.") {
      HTTP2Reply.frame(
        .pushPromise, flags: HTTP2Reply.endHeaders, $0,
        HTTP2Reply.number(2)
          + HTTP2Reply.block([(":method", "GET"), (":scheme", "https"), (":authority", "lab.test"), (":path", "/")]))
    },
    breaks("block-interrupted", "Sends a PING between the parts of a header block.") {
      HTTP2Reply.frame(.headers, $0, HTTP2Reply.block([(":status", "200")]))
        + HTTP2Reply.frame(.ping, 0, [1, 2, 3, 4, 5, 6, 7, 8])
    },
    breaks("continuation-alone", "Sends CONTINUATION where no header block has begun.") {
      HTTP2Reply.frame(.continuation, flags: HTTP2Reply.endHeaders, $0, HTTP2Reply.block([(":status", "200")]))
    },
    breaks("padding", "Says that a frame has more padding than bytes.") {
      HTTP2Reply.frame(.headers, flags: HTTP2Reply.endHeaders | 0x8, $0, [200, 0x88])
    },
    frames(
      "/h2/data-after-end", "Sends DATA on the stream after its end.", row: 41,
      .passes(noting: [.excessBody, .h2ProtocolViolation])
    ) { HTTP2Reply.text("ok\n", for: $0) + [.send(HTTP2Reply.data("and more\n", $0.streamID))] },
    frames(
      "/h2/header-list-too-large", "Sends a head of 1 MiB.", row: 38,
      .fails(
        .headerSectionTooLarge, 502, .httpResponseHeaderSectionSize, .application,
        or: [.headerTooLarge, .h2ProtocolViolation])
    ) { request in
      let large = (0..<32).map { ("x-large-\($0)", String(repeating: "v", count: 32 << 10)) }
      var bytes: [UInt8] = []
      FrameWriting.appendHeaders(
        HTTP2Reply.block([(":status", "200")] + large), endsStream: true, streamID: request.streamID,
        payloadMax: 16_384, to: &bytes)
      return [.awaitBody, .send(bytes)]
    },
    frames(
      "/h2/continuation-flood", "Sends a header block that never ends.", row: 48,
      .fails(
        .h2ProtocolViolation, 502, .httpProtocolError, .application, or: [.headerSectionTooLarge, .headerTooLarge])
    ) { request in
      let part = HTTP2Reply.block([("x-more", String(repeating: "v", count: 4000))])
      return [
        .awaitBody, .send(HTTP2Reply.frame(.headers, request.streamID, HTTP2Reply.block([(":status", "200")]))),
        .endless(HTTP2Reply.frame(.continuation, request.streamID, part), milliseconds: 1),
      ]
    },
  ]

  /// The frame, then silence: who does not see what is wrong waits.
  private static func breaks(
    _ name: String, _ summary: String, or others: [Cause] = [], _ frame: @escaping @Sendable (UInt32) -> [UInt8]
  ) -> Scenario {
    frames(
      "/h2/\(name)", summary, row: 48, .fails(.h2ProtocolViolation, 502, .httpProtocolError, .application, or: others)
    ) { [.awaitBody, .send(frame($0.streamID)), .hang] }
  }
}
