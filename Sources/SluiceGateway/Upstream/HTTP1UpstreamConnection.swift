internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// An HTTP/1.1 connection to an endpoint: leased to one attempt after the other.
///
/// # Overview
/// Bytes of a response become the driver's events: informational heads, the final head, body, end. What cannot be read
/// as HTTP/1.1 becomes a cause. Between attempts the connection rests in its endpoint's pool and goes on reading, so that
/// a close, a 408 or stray bytes remove it.
final class HTTP1UpstreamConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Phase: Equatable {
    /// In the pool, or not yet given to an attempt.
    case resting
    case awaitingHead
    case receivingBody
    case tunnelling
    /// The response is complete; the connection waits to be released or closed.
    case complete
    case closed
  }

  let worker: Worker
  let endpoint: EndpointState
  private var id = EndpointPool.ConnectionID(slot: .max, generation: 0)
  private var driver: ExchangeDriver?
  private var context: ChannelHandlerContext?
  private var phase = Phase.resting
  private var scanner: HeadScanner
  private var decoder = BodyDecoder(.none)
  private var input: ByteBuffer?
  private var trailers: ByteBuffer?
  private var requestMethod = Method.get
  private var chunksBody = false
  /// The head of a request, held back until it is known whether its body fits behind it.
  private var out: ByteBuffer?
  /// Bytes were given to the channel that it has not been told to send.
  private var needsFlush = false
  private var keepAlive: TimeSpan?
  /// Whether the endpoint lets the connection live on after the present response.
  private var staysOpen = true
  private var isPaused = false
  /// Bytes behind the end of the present response.
  private var excess = 0
  /// The present request has a body.
  private var hasBody = false
  private var sawReset = false
  private var entry: TimerWheel.Entry?
  private var idleUntil = Instant.never
  private(set) var bytesSent: UInt64 = 0
  private(set) var bytesReceived: UInt64 = 0
  /// 1xx heads of one response; a bound against an endless row of them.
  private var informationals = 0

  static let informationalsMax = 32

  init(worker: Worker, endpoint: EndpointState) {
    self.worker = worker
    self.endpoint = endpoint
    scanner = HeadScanner(role: .response, limits: endpoint.responseLimits)
  }

  // MARK: Life in the pool

  /// Given to an attempt.
  func begin(as id: EndpointPool.ConnectionID, for driver: ExchangeDriver) {
    self.id = id
    self.driver = driver
    phase = .awaitingHead
    idleUntil = .never
    bytesSent = 0
    bytesReceived = 0
    informationals = 0
    staysOpen = true
    excess = 0
    scanner.reset()
  }

  /// Unused until it is leased or `until` has come.
  func rest(until: Instant) {
    idleUntil = until
    let entry = entry ?? worker.timers.add(self)
    self.entry = entry
    worker.timers.schedule(entry, by: until)
  }

  /// What the kernel knows of an idle connection: anything but ESTABLISHED is not leased (DECISIONS 21).
  var isAlive: Bool {
    guard phase == .resting, let channel = context?.channel, channel.isActive else { return false }
    return SocketState.isEstablished(channel)
  }

  func closeIdle() {
    guard phase == .resting else { return }
    close()
  }

  // MARK: Bytes in

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard let driver, phase != .resting, phase != .closed else {
      // Nothing was asked: a 408, a farewell, or bytes beyond a response. Whatever it is, the connection is done.
      worker.counters.excessBytes += UInt64(bytes.readableBytes)
      close()
      return
    }
    bytesReceived += UInt64(bytes.readableBytes)
    if phase == .tunnelling {
      driver.tunnelBytes(bytes, from: .upstream, at: Clock.now())
      driver.settle()
      return
    }
    if input != nil { bytes = takeInput(and: &bytes) }
    process(&bytes, driver, at: Clock.now())
    keep(bytes)
    // Released in between, the connection may have another driver by now, which settles for itself.
    if self.driver === driver { driver.settle() }
  }

  private func takeInput(and bytes: inout ByteBuffer) -> ByteBuffer {
    var held: ByteBuffer?
    swap(&held, &input)
    guard var whole = held else { return bytes }
    whole.writeBuffer(&bytes)
    return whole
  }

  /// We are the only handler; nobody behind us waits for it.
  func channelReadComplete(context: ChannelHandlerContext) {}

  private func process(_ bytes: inout ByteBuffer, _ driver: ExchangeDriver, at now: Instant) {
    while self.driver === driver {
      switch phase {
      case .awaitingHead:
        guard bytes.readableBytes > 0, readHead(&bytes, driver, at: now) else { return }
      case .receivingBody:
        guard readBody(&bytes, driver, at: now) else { return }
      case .tunnelling:
        let rest = bytes
        bytes.moveReaderIndex(to: bytes.writerIndex)
        if rest.readableBytes > 0 { driver.tunnelBytes(rest, from: .upstream, at: now) }
        return
      case .resting, .complete, .closed:
        return
      }
    }
  }

  /// - Returns: false where more bytes are needed or the attempt is over.
  private func readHead(_ bytes: inout ByteBuffer, _ driver: ExchangeDriver, at now: Instant) -> Bool {
    switch scanner.scan(bytes.readableBytesSpan) {
    case .incomplete:
      return false
    case .failed(let fault):
      refuse(fault, bytes, driver, at: now)
      return false
    case .complete(let start, let end):
      do {
        try worker.responseHead.parse(bytes.readableBytesSpan, start: start, end: end, requestMethod: requestMethod)
      } catch {
        refuse(error, bytes, driver, at: now)
        return false
      }
      scanner.reset()
      let goesOn = headArrived(bytes, length: end, driver, at: now)
      bytes.moveReaderIndex(forwardBy: end)
      return goesOn
    }
  }

  /// - Parameter length: of the head, with which `bytes` begins.
  private func headArrived(_ bytes: ByteBuffer, length: Int, _ driver: ExchangeDriver, at now: Instant) -> Bool {
    switch worker.responseHead.status {
    case 101:
      phase = .tunnelling
      driver.informational(bytes, at: now)
      return true
    case ..<200:
      informationals += 1
      guard informationals <= Self.informationalsMax else {
        driver.handle(.responseRefused(.badFraming), at: now)
        return false
      }
      driver.informational(bytes, at: now)
      return true
    default:
      return finalHeadArrived(bytes, length: length, driver, at: now)
    }
  }

  private func finalHeadArrived(_ bytes: ByteBuffer, length: Int, _ driver: ExchangeDriver, at now: Instant) -> Bool {
    let framing = worker.responseHead.framing
    if let seconds = worker.responseHead.keepAliveTimeout { keepAlive = .seconds(Int64(seconds)) }
    staysOpen = worker.responseHead.keepsAlive
    decoder = BodyDecoder(framing)
    if framing == .chunked {
      var body = bytes
      body.moveReaderIndex(forwardBy: length)
      if let fault = ResponseCheck.brokenChunk(decoder, body) {
        refuse(fault, bytes, driver, at: now)
        return false
      }
    }
    if worker.responseHead.status == 400, ResponseCheck.isFromTLSPort(bytes) {
      phase = .complete
      staysOpen = false
      driver.handle(.responseRefused(.plaintextToTlsPort), at: now)
      return false
    }
    trailers = nil
    phase = .receivingBody
    driver.response(bytes, at: now)
    return true
  }

  /// - Returns: false where more bytes are needed or the attempt is over.
  private func readBody(_ bytes: inout ByteBuffer, _ driver: ExchangeDriver, at now: Instant) -> Bool {
    var offset = 0
    let part = decoder.next(bytes.readableBytesSpan, at: &offset)
    switch part {
    case .needMore:
      bytes.moveReaderIndex(forwardBy: offset)
      return false
    case .data(let range):
      guard let data = bytes.getSlice(at: bytes.readerIndex + Int(range.lowerBound), length: range.count) else {
        driver.handle(.bugFound, at: now)
        return false
      }
      bytes.moveReaderIndex(forwardBy: offset)
      driver.responseBody(data, at: now)
      return true
    case .trailers(let range):
      keepTrailers(bytes.getSlice(at: bytes.readerIndex + Int(range.lowerBound), length: range.count))
      bytes.moveReaderIndex(forwardBy: offset)
      return true
    case .end:
      bytes.moveReaderIndex(forwardBy: offset)
      excess = bytes.readableBytes
      bytes.moveReaderIndex(to: bytes.writerIndex)
      bodyEnded(driver, at: now)
      return false
    case .failed(let fault):
      refuse(fault, bytes, driver, at: now)
      return false
    }
  }

  private func keepTrailers(_ bytes: ByteBuffer?) {
    guard var bytes else { return }
    if trailers == nil { trailers = ByteBuffer() }
    trailers?.writeBuffer(&bytes)
  }

  private func bodyEnded(_ driver: ExchangeDriver, at now: Instant) {
    phase = .complete
    guard let block = trailers else {
      driver.responseEnded(trailers: [], in: ByteBuffer(), at: now)
      return
    }
    trailers = nil
    var fields: [Field] = []
    do {
      try parseTrailers(block.readableBytesSpan, into: &fields, limits: ChunkLimits())
    } catch {
      refuse(error, block, driver, at: now)
      return
    }
    driver.responseEnded(trailers: fields, in: block, at: now)
  }

  private func refuse(_ fault: WireFault, _ bytes: ByteBuffer, _ driver: ExchangeDriver, at now: Instant) {
    driver.fault = fault
    let cause = Cause.of(rule: fault.rule, in: .response)
    if cause == .notHttp { driver.look(at: bytes) }
    phase = .complete
    staysOpen = false
    driver.handle(.responseRefused(driver.refined(cause)), at: now)
  }

  /// What is not consumed is kept without the receive buffer that it came in.
  private func keep(_ bytes: ByteBuffer) {
    guard bytes.readableBytes > 0, phase != .closed else { return }
    var exact = ByteBufferAllocator().buffer(capacity: bytes.readableBytes)
    exact.writeImmutableBuffer(bytes)
    input = exact
  }

  // MARK: Ends

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed {
      inputEnded()
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    sawReset = true
    driver?.systemError = (error as? IOError)?.errnoCode ?? 0
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    // Without FIN and RST it was a write that failed. To a response under way that is the end of its bytes.
    ended(sawReset || phase == .receivingBody ? .reset : .writeFailed)
    gone()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard let driver, phase != .resting else { return }
    driver.handle(context.channel.isWritable ? .upstreamReady : .upstreamFull, at: Clock.now())
    if self.driver === driver { driver.settle() }
  }

  private func inputEnded() {
    guard let driver, phase != .resting else {
      close()
      return
    }
    if phase == .tunnelling {
      driver.handle(.tunnelHalfEnded(.upstream), at: Clock.now())
      if self.driver === driver { driver.settle() }
      return
    }
    ended(.closed)
  }

  private func ended(_ end: UpstreamEnd) {
    guard let driver, phase != .resting, phase != .closed else { return }
    driver.handle(.upstreamEnded(end, bytes: bytesReceived), at: Clock.now())
    if self.driver === driver { driver.settle() }
  }

  /// The channel is no more.
  private func gone() {
    phase = .closed
    driver = nil
    input = nil
    out = nil
    if let entry { worker.timers.remove(entry) }
    entry = nil
    endpoint.forget(id)
  }
}

// MARK: - The attempt's side

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

  /// What is gathered for the next write, or empty storage; `out` no longer holds it, so that writing to it copies nothing.
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
    context?.close(promise: nil)
  }
}

extension HTTP1UpstreamConnection: TimerOwner {
  func timerCame(at now: Instant) -> Instant {
    guard phase == .resting else { return .never }
    if idleUntil <= now {
      close()
      return .never
    }
    return idleUntil
  }
}

/// When a body goes out in the same write as its head.
enum Coalescing {
  /// Bytes: up to here a copy is cheaper than a second vector.
  static let bodyMax = 4096
  /// Bytes that may gather in front of it.
  static let outMax = 64 << 10
}
