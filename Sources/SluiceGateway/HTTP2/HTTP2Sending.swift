internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// A connection that sends the frames of its streams, the same on both sides of an exchange.
///
/// # Why this way
/// DATA goes out only within the peer's windows and while the socket takes bytes (DECISIONS 32). What does not fit
/// stays with its stream, where the exchange sees it and pauses the other side. Streams that wait for the same thing
/// take turns, one frame each.
protocol HTTP2Sending: GatheringOutput {
  var machine: HTTP2Connection { get set }
  /// Streams that have something to send and may not, in the order of their turns.
  var waiting: CircularBuffer<any HTTP2Sender> { get set }
  /// Frames of this connection are being taken: what is written goes out when the last of them was.
  var isReading: Bool { get }
  /// What was written goes out at the end of the loop's turn.
  var isFlushDue: Bool { get set }
  /// Streams under way.
  var streamCount: Int { get }
  /// The driver of the last frame's stream, which has not been told that the turn is over.
  var unsettled: ExchangeDriver? { get set }
}

extension HTTP2Sending {
  /// Content of one frame, so that a large body leaves room for others.
  static var frameContentMax: Int { 16 << 10 }

  /// Writes what may go out of a stream.
  func send(_ stream: some HTTP2Sender) {
    guard !stream.outgoing.isDone, !stream.outgoing.isWaiting else { return }
    sendHead(stream)
    while sendFrame(stream) {}
  }

  /// A stream that is over waits for nothing: else a peer that begins and resets streams without a window would make
  /// the line grow.
  func stopWaiting(_ stream: some HTTP2Sender) {
    guard stream.outgoing.isWaiting else { return }
    waiting.removeAll { $0 === stream }
  }

  /// Goes on with all that waited.
  func sendWaiting() {
    var turns = waiting.count
    while turns > 0, !waiting.isEmpty {
      let stream = waiting.removeFirst()
      turns -= 1
      guard stream.outgoing.isWaiting else { continue }
      stream.outgoing.isWaiting = false
      guard sendFrame(stream) else { continue }
      // Another frame when the others had their turn.
      guard !stream.outgoing.isWaiting, !stream.outgoing.isDone else { continue }
      stream.outgoing.isWaiting = true
      waiting.append(stream)
      turns = waiting.count
      if !mayWrite || machine.isHeldBack { return }
    }
  }

  /// At the end of this connection's turn, or of the loop's where others may have something to write by then: a write
  /// for each stream costs more than all that is written.
  func flushSoon() {
    takeControl()
    guard !isReading, !isFlushDue else { return }
    guard streamCount > 1, let context else { return flush() }
    isFlushDue = true
    let due = NIOLoopBound(flushDue, eventLoop: context.eventLoop)
    context.eventLoop.execute { due.value() }
  }

  private func flushDue() {
    isFlushDue = false
    takeControl()
    flush()
  }

  /// The driver's turn ends with the last of the frames that came for it together: so a head and its content are one
  /// write on the other side.
  func settleLater(_ driver: ExchangeDriver) {
    guard unsettled !== driver else { return }
    unsettled?.settle()
    unsettled = driver
  }

  /// Nothing more comes in this turn.
  func settleNow() {
    unsettled?.settle()
    unsettled = nil
  }

  /// Frames of the connection's own go out in order with everything else.
  func takeControl() {
    guard !machine.output.isEmpty else { return }
    var frame = takeOut()
    frame.writeBytes(machine.output)
    out = frame
    machine.output.removeAll(keepingCapacity: true)
  }

  private var mayWrite: Bool { context?.channel.isWritable ?? false }

  private func sendHead(_ stream: some HTTP2Sender) {
    guard !stream.outgoing.head.isEmpty else { return }
    let endsHere = stream.outgoing.ends && stream.outgoing.count == 0 && stream.outgoing.trailers.isEmpty
    writeHeaders(stream.outgoing.head, endsStream: endsHere, on: stream.id)
    stream.outgoing.head.removeAll(keepingCapacity: true)
    if endsHere { end(stream) }
  }

  func writeHeaders(_ block: [UInt8], endsStream: Bool, on id: UInt32) {
    FrameWriting.appendHeaders(
      block, endsStream: endsStream, streamID: id, payloadMax: Int(machine.peer.maxFrameSize), to: &machine.output)
    takeControl()
  }

  /// - Returns: whether there may be another frame to send.
  private func sendFrame(_ stream: some HTTP2Sender) -> Bool {
    guard !stream.outgoing.isDone else { return false }
    if stream.outgoing.count == 0 {
      if stream.outgoing.ends { sendEnd(stream) }
      return false
    }
    let window = machine.sendable(stream.id)
    guard window > 0, mayWrite, let part = stream.outgoing.take(min(window, Self.frameContentMax)) else {
      stream.outgoing.isWaiting = true
      waiting.append(stream)
      return false
    }
    let isLast = stream.outgoing.count == 0 && stream.outgoing.ends && stream.outgoing.trailers.isEmpty
    // The peer must see its SETTINGS acknowledged before content that only they allow (RFC 9113 section 6.5.3): until
    // then some, gRPC's among them, hold us to the old window and reset the stream.
    takeControl()
    var frame = takeOut()
    frame.writeDataHeader(length: part.readableBytes, endsStream: isLast, streamID: stream.id)
    out = frame
    machine.sent(part.readableBytes, on: stream.id)
    write(part)
    if isLast { end(stream) } else { stream.sentSome() }
    return !isLast
  }

  private func sendEnd(_ stream: some HTTP2Sender) {
    if stream.outgoing.trailers.isEmpty {
      var frame = takeOut()
      frame.writeDataHeader(length: 0, endsStream: true, streamID: stream.id)
      out = frame
    } else {
      writeHeaders(stream.outgoing.trailers, endsStream: true, on: stream.id)
    }
    end(stream)
  }

  private func end(_ stream: some HTTP2Sender) {
    stream.outgoing.isDone = true
    machine.endedHere(stream.id)
    stream.sentEnd()
  }
}

extension ByteBuffer {
  /// The header of a DATA frame (RFC 9113 section 6.1).
  mutating func writeDataHeader(length: Int, endsStream: Bool, streamID: UInt32) {
    writeMultipleIntegers(
      UInt8(truncatingIfNeeded: length >> 16), UInt16(truncatingIfNeeded: length), UInt8(0), UInt8(endsStream ? 1 : 0),
      streamID)
  }
}
