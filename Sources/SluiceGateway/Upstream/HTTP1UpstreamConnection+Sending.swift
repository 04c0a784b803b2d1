internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// The attempt's side: its request on the way out, and the connection's way back to the pool.

extension HTTP1UpstreamConnection: UpstreamStream {
  var isFull: Bool { !(context?.channel.isWritable ?? true) }

  var pendingBytes: Int {
    guard let channel = context?.channel else { return 0 }
    return (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }

  func sendRequestHead(_ plan: RequestPlan, of driver: ExchangeDriver) {
    requestMethod = driver.head.method
    chunksBody = driver.head.framing == .chunked
    hasBody = driver.head.framing != .none
    var bytes = takeOut()
    driver.writeRequestHead(plan, endpoint: endpoint, into: &bytes)
    bytesSent += UInt64(bytes.readableBytes)
    out = bytes
  }

  func sendBody(_ bytes: ByteBuffer) {
    guard let context else { return }
    var bytes = bytes
    if chunksBody {
      write(chunk: &bytes, context)
      return
    }
    bytesSent += UInt64(bytes.readableBytes)
    writeBehindHead(bytes, context)
  }

  private func write(chunk bytes: inout ByteBuffer, _ context: ChannelHandlerContext) {
    var frame = takeOut()
    let before = frame.readableBytes
    frame.writeChunkHeader(bytes.readableBytes)
    bytesSent += UInt64(frame.readableBytes - before + bytes.readableBytes + 2)
    if bytes.readableBytes <= Coalescing.bodyMax {
      frame.writeBuffer(&bytes)
      frame.writeStaticString("\r\n")
      out = frame
      return
    }
    needsFlush = true
    context.write(wrapOutboundOut(frame), promise: nil)
    context.write(wrapOutboundOut(bytes), promise: nil)
    var end = takeOut()
    end.writeStaticString("\r\n")
    out = end
  }

  private func writeBehindHead(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    if out != nil {
      var head = takeOut()
      if bytes.readableBytes <= Coalescing.bodyMax {
        head.writeImmutableBuffer(bytes)
        out = head
        return
      }
      context.write(wrapOutboundOut(head), promise: nil)
    }
    needsFlush = true
    context.write(wrapOutboundOut(bytes), promise: nil)
  }

  /// What is gathered for the next write, or empty storage; `out` no longer holds it, so that writing to it copies
  /// nothing.
  private func takeOut() -> ByteBuffer {
    var taken: ByteBuffer?
    swap(&taken, &out)
    return taken ?? worker.takeScratch()
  }

  func sendEnd() {
    guard chunksBody else { return }
    var bytes = takeOut()
    bytes.writeStaticString("0\r\n\r\n")
    bytesSent += 5
    out = bytes
  }

  func sendTunnelBytes(_ bytes: ByteBuffer) {
    bytesSent += UInt64(bytes.readableBytes)
    needsFlush = true
    context?.write(wrapOutboundOut(bytes), promise: nil)
  }

  func halfClose() {
    guard let context else { return }
    flush()
    context.close(mode: .output, promise: nil)
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

  func pauseReading() { setReading(false) }
  func resumeReading() { setReading(true) }

  private func setReading(_ isOn: Bool) {
    guard isPaused == isOn, let channel = context?.channel else { return }
    isPaused = !isOn
    try? channel.syncOptions?.setOption(.autoRead, value: isOn)
  }

  func release() {
    driver = nil
    // Bytes beyond the declared end: the next response could not be told apart from them.
    if excess > 0 {
      worker.counters.excessBytes += UInt64(excess)
      return close()
    }
    // Request bytes that still wait to be taken would go in front of the next request.
    if hasBody, pendingBytes > 0 { return close() }
    guard staysOpen, phase == .complete, context != nil else { return close() }
    phase = .resting
    out = nil
    resumeReading()
    worker.release(self, id, keepAlive: keepAlive, at: Clock.now())
  }

  func close() {
    driver = nil
    guard phase != .closed else { return }
    phase = .closed
    // At once, so that nobody is given a connection that is closing.
    endpoint.forget(id)
    context?.close(promise: nil)
  }
}
