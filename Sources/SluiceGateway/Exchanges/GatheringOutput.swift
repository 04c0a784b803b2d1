internal import NIOCore
internal import SluiceWire

/// A connection whose bytes gather on their way out, the same on both sides of an exchange.
///
/// # Why this way
/// A head waits until it is known whether its body fits behind it, so that a small message is one write, and what was
/// written in a turn is flushed once, at its end. This is an extension of the connections and not a value of theirs,
/// because a write may call back into the connection before it returns.
protocol GatheringOutput: ChannelInboundHandler where OutboundOut == ByteBuffer {
  var worker: Worker { get }
  var context: ChannelHandlerContext? { get }
  /// Bytes on their way out that are not yet given to the channel.
  var out: ByteBuffer? { get set }
  /// Bytes were given to the channel that it has not been told to send.
  var needsFlush: Bool { get set }
}

extension GatheringOutput {
  var isFull: Bool { !(context?.channel.isWritable ?? true) }

  /// Bytes that the kernel has not taken yet, without what has gathered.
  var pendingBytes: Int {
    guard let channel = context?.channel else { return 0 }
    return (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }

  /// What is gathered for the next write, or empty storage; `out` no longer holds it, so that writing to it copies
  /// nothing.
  func takeOut() -> ByteBuffer {
    var taken: ByteBuffer?
    swap(&taken, &out)
    return taken ?? worker.takeScratch()
  }

  /// Behind what has gathered: in the same write where it is small, else as it is.
  func write(_ bytes: ByteBuffer) {
    guard let context else { return }
    if out != nil {
      var gathered = takeOut()
      if bytes.readableBytes <= Coalescing.bodyMax, gathered.readableBytes <= Coalescing.outMax {
        gathered.writeImmutableBuffer(bytes)
        out = gathered
        return
      }
      context.write(wrapOutboundOut(gathered), promise: nil)
    }
    needsFlush = true
    context.write(wrapOutboundOut(bytes), promise: nil)
  }

  /// As one chunk.
  ///
  /// - Returns: the bytes of its framing.
  @discardableResult
  func writeChunk(_ bytes: ByteBuffer) -> Int {
    var frame = takeOut()
    let before = frame.readableBytes
    frame.writeChunkHeader(bytes.readableBytes)
    let header = frame.readableBytes - before
    out = frame
    write(bytes)
    var end = takeOut()
    let lineEnd = end.writeStaticString(ChunkText.lineEnd)
    out = end
    return header + lineEnd
  }

  func flush() {
    guard let context else { return }
    if let bytes = out {
      out = nil
      needsFlush = false
      context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
      worker.giveBack(scratch: bytes)
    } else if needsFlush {
      needsFlush = false
      context.flush()
    }
  }

  func halfClose() {
    guard let context else { return }
    flush()
    context.close(mode: .output, promise: nil)
  }
}
