internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// Messages to the client.

extension HTTP2DownstreamStream: DownstreamStream, HTTP2Sender {
  func sendInformational(_ head: ResponseHead, in bytes: ByteBuffer) {
    var block: [UInt8] = []
    HPACKEncoder.appendStatus(head.status, to: &block)
    HPACKEncoder.append(head.fields, from: bytes.readableBytesSpan, dropping: [], to: &block)
    connection?.writeHeaders(block, endsStream: false, on: id)
  }

  func sendHead(
    _ head: inout ResponseHead, in bytes: ByteBuffer, as forwarded: Exchange.ForwardedHead, edits: CompiledEdits?,
    lines: [UInt8]
  ) {
    let source = bytes.readableBytesSpan
    if let edits { edits.mark(&head.fields, in: source) }
    var block = takeBlock()
    HPACKEncoder.appendStatus(head.status, to: &block)
    HPACKEncoder.append(head.fields, from: source, dropping: edits?.dropping ?? [], to: &block)
    if let edits { HPACKEncoder.appendLines(edits.lines.span.bytes, dropping: .hopByHop, to: &block) }
    if !lines.isEmpty { HPACKEncoder.appendLines(lines.span.bytes, dropping: .hopByHop, to: &block) }
    // A response without a date gets ours (RFC 9110 section 6.6.1).
    if !head.seen.contains(.date) {
      let date = worker.httpDate(at: Clock.now())
      HPACKEncoder.append(name: Self.dateName.span.bytes, value: date.span.bytes, to: &block)
    }
    put(block)
  }

  private static let dateName = Array("date".utf8)

  /// Taken out, so that writing to it copies nothing.
  private func takeBlock() -> [UInt8] {
    var block: [UInt8] = []
    swap(&block, &outgoing.head)
    return block
  }

  private func put(_ block: [UInt8]) {
    bytesOut += UInt64(block.count)
    outgoing.head = block
  }

  /// The 101 of an HTTP/1.1 upstream is what a 200 is to an extended CONNECT (RFC 8441 section 5).
  func sendUpgrade(_ head: ResponseHead, in bytes: ByteBuffer, to name: [UInt8], lines: [UInt8]) {
    var block = takeBlock()
    HPACKEncoder.appendStatus(200, to: &block)
    HPACKEncoder.append(
      head.fields, from: bytes.readableBytesSpan, dropping: KnownFieldSet(.secWebSocketAccept, .contentLength),
      to: &block)
    put(block)
    startTunnel()
  }

  func sendBody(_ bytes: ByteBuffer) {
    guard connection != nil else { return }
    bytesOut += UInt64(bytes.readableBytes)
    outgoing.append(bytes)
    guard outgoing.count > HTTP2Outgoing.countHigh else { return }
    // What fits goes out first: only what is left says whether the client is slow.
    connection?.send(self)
    tellFull()
  }

  func sendTunnelBytes(_ bytes: ByteBuffer) { sendBody(bytes) }

  func sendEnd(trailers: [Field], in bytes: ByteBuffer) {
    if !trailers.isEmpty {
      HPACKEncoder.append(trailers, from: bytes.readableBytesSpan, dropping: [], to: &outgoing.trailers)
    }
    outgoing.ends = true
  }

  func sendGenerated(_ bytes: ByteBuffer, keepsAlive: Bool) {
    var head = ResponseHead()
    var scanner = HeadScanner(role: .response)
    let source = bytes.readableBytesSpan
    guard case .complete(let start, let end) = scanner.scan(source),
      (try? head.parse(source, start: start, end: end, requestMethod: .get)) != nil
    else {
      return abort(reset: true)
    }
    var block = takeBlock()
    HPACKEncoder.appendStatus(head.status, to: &block)
    HPACKEncoder.append(head.fields, from: source, dropping: [], to: &block)
    put(block)
    if let body = bytes.getSlice(at: bytes.readerIndex + end, length: bytes.readableBytes - end) {
      bytesOut += UInt64(body.readableBytes)
      outgoing.append(body)
    }
    outgoing.ends = true
    finish(reuse: true)
  }

  func halfClose() {
    outgoing.ends = true
    connection?.send(self)
    connection?.flushSoon()
  }

  func flush() {
    guard let connection else { return }
    connection.send(self)
    connection.flushSoon()
  }

  var isFull: Bool { outgoing.count > HTTP2Outgoing.countHigh }

  var pendingBytes: Int { outgoing.count }

  /// A stream is always the last of its kind: what ends at a drain is the connection.
  var isDraining: Bool { false }

  private func tellFull() {
    guard !outgoing.isFull, isFull else { return }
    outgoing.isFull = true
    driver?.handle(.clientFull, at: Clock.now())
  }

  func sentSome() {
    guard outgoing.isFull, outgoing.count <= HTTP2Outgoing.countLow else { return }
    outgoing.isFull = false
    driver?.handle(.clientReady, at: Clock.now())
    driver?.settle()
  }

  func sentEnd() {
    if phase == .lingering { connection?.finished(self) }
  }

  // MARK: Ends

  func finish(reuse: Bool) {
    driver = nil
    guard phase != .over, let connection else { return }
    phase = .lingering
    outgoing.ends = true
    setDeadline(Clock.now() + connection.listener.timeouts.write)
    connection.send(self)
    if outgoing.isDone { connection.finished(self) }
    connection.flushSoon()
  }

  func abort(reset: Bool) {
    driver = nil
    guard phase != .over, let connection else { return }
    // A head that waits goes out before, so that the client sees a message that was cut.
    if !outgoing.head.isEmpty { connection.writeHeaders(outgoing.head, endsStream: false, on: id) }
    connection.cut(self, .internalError)
  }

  func deadlinesMoved(to deadline: Instant) { setDeadline(deadline) }
}
