internal import SluiceCore
internal import SluiceWire

/// Rows 45 to 48 and their neighbours: a stream or its connection ends before the response does, or nothing comes.
extension LabCatalogue {
  static let http2Streams: [Scenario] = [
    frames(
      "/h2/goaway-once", "Says GOAWAY below this request and closes; answers the next time.", row: 45,
      .passes(noting: [.h2GoawayUnprocessed])
    ) { $0.occurrence == 1 ? away($0) : HTTP2Reply.text("ok\n", for: $0) },
    frames(
      "/h2/goaway-once-post", "Says GOAWAY below a POST once; who has kept its body sends it again.", row: 45,
      .passes(noting: [.h2GoawayUnprocessed]), request: .post(1000)
    ) { $0.occurrence == 1 ? away($0) : HTTP2Reply.text("ok\n", for: $0) },
    frames(
      "/h2/goaway", "Says GOAWAY below this request and closes, each time.", row: 45,
      .fails(.h2GoawayUnprocessed, 502, .connectionTerminated, .deploy)
    ) { away($0) },
    frames(
      "/h2/refused-once", "Refuses the stream; answers the next time.", row: 46,
      .passes(noting: [.h2RefusedStream])
    ) { $0.occurrence == 1 ? reset(.refusedStream, $0) : HTTP2Reply.text("ok\n", for: $0) },
    frames(
      "/h2/refused-once-post", "Refuses the stream of a POST once; who has kept its body sends it again.", row: 46,
      .passes(noting: [.h2RefusedStream]), request: .post(1000)
    ) { $0.occurrence == 1 ? reset(.refusedStream, $0) : HTTP2Reply.text("ok\n", for: $0) },
    frames(
      "/h2/refused", "Refuses the stream, each time.", row: 46,
      .fails(.h2RefusedStream, 503, .connectionTerminated, .application)
    ) { reset(.refusedStream, $0) },
    resets("no-error", .noError), resets("protocol-error", .protocolError), resets("internal-error", .internalError),
    resets("flow-control", .flowControlError), resets("stream-closed", .streamClosed), resets("cancel", .cancel),
    resets("connect-error", .connectError), resets("calm", .enhanceYourCalm), resets("http-1-1", .http11Required),
    resets("unknown-code", HTTP2ErrorCode(rawValue: 0xBAD)),
    frames("/h2/reset-late", "Resets the stream with INTERNAL_ERROR in the middle of the body.", row: 47, lost) {
      begun($0) + [.send(HTTP2Reply.reset(.internalError, $0.streamID))]
    },
    frames("/h2/cancel-late", "Resets the stream with CANCEL in the middle of the body.", row: 47, lost) {
      begun($0) + [.send(HTTP2Reply.reset(.cancel, $0.streamID))]
    },
    frames("/h2/no-error-late", "Resets the stream with NO_ERROR in the middle of the body.", row: 47, lost) {
      begun($0) + [.send(HTTP2Reply.reset(.noError, $0.streamID))]
    },
    frames("/h2/close-before-response", "Reads the request and sends FIN.", row: 26, closed(.closedBeforeResponse)) {
      _ in
      [.awaitBody, .close]
    },
    frames("/h2/reset-before-response", "Reads the request and sends a reset.", row: 27, closed(.resetBeforeResponse)) {
      _ in
      [.awaitBody, .reset]
    },
    frames(
      "/h2/goaway-processed", "Says GOAWAY that leaves this request in, and closes without an answer.", row: 26,
      closed(.closedBeforeResponse)
    ) { [.awaitBody, .send(HTTP2Reply.goAway(last: $0.streamID)), .close] },
    frames(
      "/h2/goaway-error", "Says GOAWAY with INTERNAL_ERROR that leaves this request in, and closes.", row: 47,
      closed(.closedBeforeResponse)
    ) { [.awaitBody, .send(HTTP2Reply.goAway(last: $0.streamID, .internalError)), .close] },
    frames(
      "/h2/goaway-calm", "Says GOAWAY with ENHANCE_YOUR_CALM below this request, and closes, each time.", row: 45,
      .fails(.h2GoawayUnprocessed, 502, .connectionTerminated, .deploy, or: [.h2ProtocolViolation, .h2StreamReset])
    ) { _ in [.awaitBody, .send(HTTP2Reply.goAway(last: 0, .enhanceYourCalm)), .close] },
    frames("/h2/cut-body", "Sends half of the body and FIN.", row: 35, lost) { begun($0) + [.close] },
    frames("/h2/cut-body-reset", "Sends half of the body and a reset.", row: 35, lost) { begun($0) + [.reset] },
    frames("/h2/cut-body-goaway", "Sends half of the body, GOAWAY with INTERNAL_ERROR, and FIN.", row: 35, lost) {
      begun($0) + [.send(HTTP2Reply.goAway(last: $0.streamID, .internalError)), .close]
    },
    frames("/h2/stall-head", "Reads the request and says nothing more, but answers PING.", row: 31, stalled) { _ in
      [.awaitBody, .hang]
    },
    frames("/h2/stall-deaf", "Reads the request and says nothing more, not even to a PING.", row: 48, stalled) { _ in
      [.ignorePings, .hang]
    },
    frames("/h2/stall-in-block", "Sends the beginning of a header block and stalls.", row: 31, stalled) { request in
      [
        .awaitBody, .send(HTTP2Reply.frame(.headers, request.streamID, HTTP2Reply.block([(":status", "200")]))), .hang,
      ]
    },
    frames(
      "/h2/stall-body", "Sends half of the body and stalls.", row: 33,
      .aborts(.bodyIdleTimeout, .application, or: [.h2PingTimeout], timing: .bodyIdleTimeout)
    ) { begun($0) + [.hang] },
    frames(
      "/h2/never-reads", "Reads the head of the request, and never widens its window.", row: 30,
      .fails(
        .writeTimeout, 504, .connectionWriteTimeout, .application, or: [.requestDeadline], timing: .writeTimeout),
      request: .post(1 << 20)
    ) { _ in [.stopReading, .hang] },
  ]

  private static let lost = Expectation.aborts(.h2StreamReset, .application, or: [.truncatedBody])

  private static let stalled = Expectation.fails(
    .responseHeaderTimeout, 504, .httpResponseTimeout, .application, or: [.h2PingTimeout],
    timing: .responseHeadTimeout)

  private static func closed(_ cause: Cause) -> Expectation {
    .fails(
      cause, 502, .connectionTerminated, .application, or: [.staleKeepalive, .h2StreamReset, .h2ProtocolViolation]
    ).looksLike(.staleKeepalive)
  }

  private static func resets(_ name: String, _ code: HTTP2ErrorCode) -> Scenario {
    let word = code.name ?? "a code that is not known"
    return frames(
      "/h2/reset-\(name)", "Resets the stream with \(word) before the response.", row: 47,
      .fails(.h2StreamReset, 502, .httpProtocolError, .application)
    ) { reset(code, $0) }
  }

  /// The request's stream and all after it were not processed (RFC 9113 section 6.8).
  private static func away(_ request: LabRequest) -> [Step] {
    [.send(HTTP2Reply.goAway(last: request.streamID < 3 ? 0 : request.streamID - 2)), .close]
  }

  private static func reset(_ code: HTTP2ErrorCode, _ request: LabRequest) -> [Step] {
    [.awaitBody, .send(HTTP2Reply.reset(code, request.streamID))]
  }

  /// Half of a body. The pause lets the head go on its way before what follows.
  private static func begun(_ request: LabRequest) -> [Step] {
    let stream = request.streamID
    let head = HTTP2Reply.head(200, ("content-length", "10"), on: stream)
    return [.awaitBody, .send(head + HTTP2Reply.data("first", stream)), .wait(milliseconds: 30)]
  }
}
