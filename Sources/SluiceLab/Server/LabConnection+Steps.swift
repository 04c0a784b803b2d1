internal import NIOCore

extension LabConnection {
  /// The size of one write of a filled or echoed body, in bytes.
  static let pieceBytes = 64 * 1024

  func perform(_ step: Step, _ context: ChannelHandlerContext) {
    switch step {
    case .awaitBody:
      awaitBody(atLeast: .max, context)
    case .awaitBodyBytes(let count):
      awaitBody(atLeast: count, context)
    case .send(let bytes):
      write(bytes, context)
    case .fill(let byte, let count):
      filling = (ByteBuffer(repeating: byte, count: min(count, Self.pieceBytes)), count)
      waiting = .writable
      pump(context)
    case .drip(let bytes, let milliseconds):
      waiting = .time
      drip(bytes, from: 0, each: milliseconds, context)
    case .endless(let bytes, let milliseconds):
      waiting = .end
      again(bytes, each: milliseconds, sent: 0, context)
    case .echoBody:
      isEchoing = true
      if reader.isBodyComplete || isInputClosed { echoEnd(context) } else { waiting = .body(atLeast: .max) }
    case .wait(let milliseconds):
      waiting = .time
      after(milliseconds, context) { [self] in resume(context) }
    case .stopReading:
      pauseReading(.script, context)
    case .pauseReading(let milliseconds):
      pauseReading(.script, context)
      waiting = .time
      after(milliseconds, context) { [self] in
        resumeReading(.script, context)
        resume(context)
      }
    case .awaitInput:
      if inbound.readableBytes == 0, !isInputClosed { waiting = .input }
    case .close:
      end(context)
    case .cut:
      end(context, isCut: true)
    case .closeNow:
      waiting = .flush
      afterFlush(context) { [self] in closeNow(context) }
    case .reset:
      isEnding = true
      afterFlush(context) { context.closeWithReset() }
    case .hang, .ignorePings:
      waiting = .end
      if isInputClosed { end(context) }
    case .tunnel:
      beginTunnel(nil, context)
    case .webSocket:
      beginTunnel(WebSocketEcho(), context)
    }
  }

  private func awaitBody(atLeast count: Int, _ context: ChannelHandlerContext) {
    if reader.isBodyComplete || bodyRead >= count || isInputClosed { return }
    if request?.expectsContinue == true, bodyRead == 0, inbound.readableBytes == 0 {
      write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), context)
    }
    waiting = .body(atLeast: count)
  }

  /// Writes while the peer takes it; goes on in `channelWritabilityChanged`.
  func pump(_ context: ChannelHandlerContext) {
    guard !isPumping, filling != nil else { return }
    isPumping = true
    while !isClosed, context.channel.isWritable, let (piece, left) = filling {
      guard left > 0 else {
        filling = nil
        break
      }
      let count = min(left, piece.readableBytes)
      filling = (piece, left - count)
      guard let slice = piece.getSlice(at: piece.readerIndex, length: count) else { break }
      write(slice, context)
    }
    isPumping = false
    if filling == nil, waiting == .writable, !isClosed { resume(context) }
  }

  private func drip(_ bytes: [UInt8], from index: Int, each milliseconds: Int, _ context: ChannelHandlerContext) {
    guard index < bytes.count else { return resume(context) }
    write([bytes[index]], context)
    after(milliseconds, context) { [self] in drip(bytes, from: index + 1, each: milliseconds, context) }
  }

  private func again(_ bytes: [UInt8], each milliseconds: Int, sent: Int, _ context: ChannelHandlerContext) {
    guard !isEnding else { return }
    guard sent < ledger.limits.endlessBytes else { return closeNow(context) }
    let isTaken = context.channel.isWritable
    if isTaken { write(bytes, context) }
    after(max(milliseconds, 1), context) { [self] in
      again(bytes, each: milliseconds, sent: isTaken ? sent + bytes.count : sent, context)
    }
  }

  func echo(_ piece: ByteBuffer, _ context: ChannelHandlerContext) {
    if request?.body == .chunked {
      write(Array("\(String(piece.readableBytes, radix: 16))\r\n".utf8), context)
      write(piece, context)
      write([0x0D, 0x0A], context)
    } else {
      write(piece, context)
    }
    if !context.channel.isWritable { pauseReading(.echo, context) }
  }

  func echoEnd(_ context: ChannelHandlerContext) {
    isEchoing = false
    if request?.body == .chunked { write(Array("0\r\n\r\n".utf8), context) }
  }

  private func beginTunnel(_ echo: WebSocketEcho?, _ context: ChannelHandlerContext) {
    waiting = .end
    isTunnel = true
    webSocket = echo
    if inbound.readableBytes > 0 { takeTunnel(context) }
    if isInputClosed { end(context) }
  }

  func takeTunnel(_ context: ChannelHandlerContext) {
    if var socket = webSocket {
      let (answer, isOver) = socket.feed(&inbound)
      webSocket = socket
      if answer.readableBytes > 0 { write(answer, context) }
      if isOver { end(context) }
    } else if inbound.readableBytes > 0 {
      write(inbound, context)
      inbound = ByteBuffer()
    }
    if !context.channel.isWritable { pauseReading(.echo, context) }
  }
}
