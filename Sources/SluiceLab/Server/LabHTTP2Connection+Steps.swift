internal import NIOCore

extension LabHTTP2Connection {
  /// What the stream's list waited for has come.
  func resume(_ stream: LabHTTP2Stream, _ context: ChannelHandlerContext) {
    stream.waiting = .nothing
    run(stream, context)
  }

  func run(_ stream: LabHTTP2Stream, _ context: ChannelHandlerContext) {
    while !isClosed, !isEnding, stream.waiting == .nothing, stream.position < stream.script.count {
      stream.position += 1
      perform(stream.script[stream.position - 1], stream, context)
    }
    if stream.waiting == .nothing, stream.position == stream.script.count { forget(stream.id, context) }
  }

  private func perform(_ step: Step, _ stream: LabHTTP2Stream, _ context: ChannelHandlerContext) {
    switch step {
    case .awaitBody:
      if !stream.isBodyComplete { stream.waiting = .body(atLeast: .max) }
    case .awaitBodyBytes(let count):
      if !stream.isBodyComplete, stream.bodyRead < count { stream.waiting = .body(atLeast: count) }
    case .awaitInput: break
    case .send(let bytes): write(bytes, context)
    case .fill(let byte, let count):
      stream.filling = (byte, count)
      stream.waiting = .room
      pump(context)
    case .echoBody:
      stream.isEchoing = true
      stream.waiting = .room
      pump(context)
    case .drip(let bytes, let milliseconds):
      stream.waiting = .time
      drip(bytes[...], each: milliseconds, stream, context)
    case .endless(let bytes, let milliseconds):
      stream.waiting = .end
      again(bytes, each: milliseconds, sent: 0, stream, context)
    case .wait(let milliseconds):
      stream.waiting = .time
      after(milliseconds, stream, context) { [self] in resume(stream, context) }
    case .stopReading: stream.isReading = false
    case .pauseReading(let milliseconds):
      stream.isReading = false
      stream.waiting = .time
      after(milliseconds, stream, context) { [self] in
        stream.isReading = true
        settle(stream, context)
        resume(stream, context)
      }
    case .ignorePings: answersPings = false
    case .close: end(context)
    case .cut: end(context, isCut: true)
    case .closeNow:
      stream.waiting = .end
      afterFlush { [self] in closeNow(context) }
    case .reset:
      isEnding = true
      afterFlush { context.closeWithReset() }
    // There is no tunnel over HTTP/2 here: extended CONNECT is not offered.
    case .hang, .tunnel, .webSocket: stream.waiting = .end
    }
  }

  /// Writes what streams have waiting, while windows and socket take it.
  func pump(_ context: ChannelHandlerContext) {
    guard !isPumping else { return }
    isPumping = true
    var isDone: [LabHTTP2Stream] = []
    for id in streams.keys.sorted() {
      guard let stream = streams[id], stream.waiting == .room else { continue }
      while let content = nextContent(of: stream, context) {
        stream.window -= content.count
        window -= content.count
        write(HTTP2Reply.frame(.data, id, content), context)
      }
      if stream.isEchoing { settle(stream, context) }
      if hasSentAll(stream, context) { isDone.append(stream) }
    }
    isPumping = false
    for stream in isDone { resume(stream, context) }
  }

  /// nil where nothing waits, or nobody takes it.
  private func nextContent(of stream: LabHTTP2Stream, _ context: ChannelHandlerContext) -> [UInt8]? {
    let room = min(stream.window, window, frameBytesMax)
    guard room > 0, !isClosed, !isEnding, context.channel.isWritable else { return nil }
    if let (byte, left) = stream.filling, left > 0 {
      let count = min(left, room)
      stream.filling = (byte, left - count)
      return [UInt8](repeating: byte, count: count)
    }
    guard !stream.pending.isEmpty else { return nil }
    let content = Array(stream.pending.prefix(room))
    stream.pending.removeFirst(content.count)
    return content
  }

  /// Whether the step that waits for room is over; an echo ends its stream.
  private func hasSentAll(_ stream: LabHTTP2Stream, _ context: ChannelHandlerContext) -> Bool {
    if let filling = stream.filling {
      guard filling.left == 0 else { return false }
      stream.filling = nil
      return true
    }
    guard stream.isEchoing, stream.isBodyComplete, stream.pending.isEmpty else { return false }
    stream.isEchoing = false
    write(HTTP2Reply.frame(.data, flags: HTTP2Reply.endStream, stream.id), context)
    return true
  }

  private func drip(
    _ bytes: ArraySlice<UInt8>, each milliseconds: Int, _ stream: LabHTTP2Stream, _ context: ChannelHandlerContext
  ) {
    guard let first = bytes.first else { return resume(stream, context) }
    write([first], context)
    after(milliseconds, stream, context) { [self] in drip(bytes.dropFirst(), each: milliseconds, stream, context) }
  }

  private func again(
    _ bytes: [UInt8], each milliseconds: Int, sent: Int, _ stream: LabHTTP2Stream, _ context: ChannelHandlerContext
  ) {
    guard !isEnding else { return }
    guard sent < ledger.limits.endlessBytes else { return closeNow(context) }
    let isTaken = context.channel.isWritable
    if isTaken { write(bytes, context) }
    after(max(milliseconds, 1), stream, context) { [self] in
      again(bytes, each: milliseconds, sent: isTaken ? sent + bytes.count : sent, stream, context)
    }
  }

  private func after(
    _ milliseconds: Int, _ stream: LabHTTP2Stream, _ context: ChannelHandlerContext, _ work: @escaping () -> Void
  ) {
    stream.timer = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(milliseconds))) { [self] in
      if !isClosed, streams[stream.id] === stream { work() }
    }
  }
}
