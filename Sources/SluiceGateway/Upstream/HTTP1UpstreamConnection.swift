internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// An HTTP/1.1 connection to an endpoint: leased to one attempt after the other.
///
/// # Overview
/// Bytes of a response become the driver's events: informational heads, the final head, body, end. What cannot be read
/// as HTTP/1.1 becomes a cause. Between attempts the connection rests in its endpoint's pool and goes on reading, so
/// that a close, a 408 or stray bytes remove it.
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
  var id = EndpointPool.ConnectionID(slot: .max, generation: 0)
  /// The other end; with port 0 for a Unix socket.
  let address: EndpointAddress
  /// The endpoint's name no longer has this address: the present exchange is the last.
  private(set) var isObsolete = false
  /// What TLS agreed on; nil: the connection is plain.
  private let session: TLSSession?
  var driver: ExchangeDriver?
  var context: ChannelHandlerContext?
  var phase = Phase.resting
  var scanner: HeadScanner
  var decoder = BodyDecoder(.none)
  private var firstParts = FirstParts()
  var input: ByteBuffer?
  var trailers: ByteBuffer?
  var requestMethod = Method.get
  var chunksBody = false
  /// The head of a request, held back until it is known whether its body fits behind it.
  var out: ByteBuffer?
  /// Bytes were given to the channel that it has not been told to send.
  var needsFlush = false
  var keepAlive: TimeSpan?
  /// Whether the endpoint lets the connection live on after the present response.
  var staysOpen = true
  var isPaused = false
  /// Reading was paused during the present exchange.
  var wasHeldBack = false
  /// Bytes behind the end of the present response.
  var excess = 0
  /// The present request has a body.
  var hasBody = false
  var sawReset = false
  /// TLS ended without saying so.
  private var isCut = false
  var entry: TimerWheel.Entry?
  var idleUntil = Instant.never
  var bytesSent: UInt64 = 0
  private(set) var bytesReceived: UInt64 = 0
  /// Whether the first response was looked at for the version that it tells.
  private var isVersionSeen = false
  /// 1xx heads of one response; a bound against an endless row of them.
  var informationals = 0

  static let informationalsMax = 32

  init(worker: Worker, endpoint: EndpointState, address: EndpointAddress, session: TLSSession?) {
    self.worker = worker
    self.endpoint = endpoint
    self.address = address
    self.session = session
    scanner = HeadScanner(role: .response, limits: endpoint.responseLimits)
  }

  // MARK: Life in the pool

  /// Given to an attempt.
  func begin(as id: EndpointPool.ConnectionID, for driver: ExchangeDriver) -> any UpstreamStream {
    self.id = id
    self.driver = driver
    phase = .awaitingHead
    idleUntil = .never
    bytesSent = 0
    bytesReceived = 0
    informationals = 0
    staysOpen = true
    excess = 0
    wasHeldBack = false
    scanner.reset()
    firstParts.clear()
    return self
  }

  /// Unused until it is leased or `until` has come.
  func rest(until: Instant) {
    idleUntil = until
    let entry = entry ?? worker.timers.add(self)
    self.entry = entry
    worker.timers.schedule(entry, by: until)
  }

  /// HTTP/1.1 has no words for it.
  var mayRefuse: Bool { false }

  /// What the kernel knows of an idle connection: anything but ESTABLISHED is not leased (DECISIONS 21).
  var isAlive: Bool {
    guard phase == .resting, let channel = context?.channel, channel.isActive else { return false }
    return SocketState.isEstablished(channel)
  }

  /// For good: an address that comes back to the name may belong to somebody else by then.
  func becomeObsolete() {
    isObsolete = true
    closeIdle()
  }

  func closeIdle() {
    guard phase == .resting else { return }
    close()
  }

  // MARK: Bytes in

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  /// A channel that is closed by whoever waited for its connect is never told to be inactive.
  func handlerRemoved(context: ChannelHandlerContext) {
    gone()
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard let driver, phase != .resting, phase != .closed else {
      // Nothing was asked: a 408, a farewell, or bytes beyond a response. Whatever it is, the connection is done.
      worker.counters.excessBytes += UInt64(bytes.readableBytes)
      closedByPeer(at: Clock.now())
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
    // Also where the connection is no longer the driver's: another may have been given its request meanwhile.
    driver.settle()
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
      if let fault = firstParts.fill(from: &decoder, body) {
        refuse(fault, bytes, driver, at: now)
        return false
      }
    }
    if worker.responseHead.status == 400, ResponseCheck.isFromTLSPort(bytes) {
      phase = .complete
      staysOpen = false
      driver.keepFirstBytes(of: bytes)
      driver.handle(.responseRefused(.plaintextToTlsPort), at: now)
      return false
    }
    trailers = nil
    phase = .receivingBody
    if !isVersionSeen {
      isVersionSeen = true
      driver.sawVersion(in: bytes)
    }
    driver.response(bytes, at: now)
    return true
  }

  /// - Returns: false where more bytes are needed or the attempt is over.
  private func readBody(_ bytes: inout ByteBuffer, _ driver: ExchangeDriver, at now: Instant) -> Bool {
    var offset = 0
    let part = firstParts.next(at: &offset) ?? decoder.next(bytes.readableBytesSpan, at: &offset)
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
      driver.responseEnded(at: now)
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
    driver.keepFirstBytes(of: bytes)
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

  var bodyProgress: BodyProgress? {
    guard case .length(let declared) = decoder.framing, let left = decoder.remaining else { return nil }
    return BodyProgress(declared: declared, received: declared - left)
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
    if let session, let end = session.end(for: error) {
      isCut = isCut || end == .cut
      // The end of what it sent comes next.
      if end == .cut { return }
      driver?.tlsEvidence = session.evidence
      ended(end)
    }
    sawReset = true
    driver?.systemError = (error as? IOError)?.errnoCode ?? 0
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    // Without FIN and RST it was a write that failed. To a response under way that is the end of its bytes.
    ended(sawReset || phase == .receivingBody ? .reset : .writeFailed)
    endpoint.forget(id, byPeer: Clock.now())
    gone()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard let driver, phase != .resting else { return }
    driver.handle(context.channel.isWritable ? .upstreamReady : .upstreamFull, at: Clock.now())
    driver.settle()
  }

  private func inputEnded() {
    guard let driver, phase != .resting else {
      closedByPeer(at: Clock.now())
      return
    }
    if phase == .tunnelling {
      driver.handle(.tunnelHalfEnded(.upstream), at: Clock.now())
      driver.settle()
      return
    }
    if isCut { driver.tlsEvidence = session?.evidence }
    ended(isCut ? .cut : .closed)
  }

  private func ended(_ end: UpstreamEnd) {
    guard let driver, phase != .resting, phase != .closed else { return }
    if phase == .awaitingHead, let input { driver.keepFirstBytes(of: input) }
    driver.handle(.upstreamEnded(end, bytes: bytesReceived), at: Clock.now())
    driver.settle()
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

extension HTTP1UpstreamConnection: UpstreamConnection, TimerOwner {
  func timerCame(at now: Instant) -> Instant {
    guard phase == .resting else { return .never }
    if idleUntil <= now {
      endpoint.pool.idleLimitReached(id, at: now)
      close()
      return .never
    }
    return idleUntil
  }
}
