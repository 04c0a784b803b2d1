internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// The attempt's side: its request on the way out, and the connection's way back to the pool.

extension HTTP1UpstreamConnection: UpstreamStream, GatheringOutput {
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
    guard context != nil else { return }
    bytesSent += UInt64(bytes.readableBytes)
    if chunksBody { bytesSent += UInt64(writeChunk(bytes)) } else { write(bytes) }
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
    write(bytes)
  }

  func pauseReading() { setReading(false) }
  func resumeReading() { setReading(true) }

  private func setReading(_ isOn: Bool) {
    guard isPaused == isOn, let channel = context?.channel else { return }
    isPaused = !isOn
    if isPaused { wasHeldBack = true }
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

  /// The endpoint has closed the connection, or will: it is not used again.
  func closedByPeer(at now: Instant) {
    endpoint.forget(id, byPeer: now)
    close()
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
