internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// A client's HTTP/1.1 connection: one exchange after the other, in order.
///
/// # Overview
/// Bytes become heads and bodies for the driver of the present exchange. A pipelined request waits, unread, until the
/// response before it is complete. Everything on its way out goes through `+Writing`, everything that ends through
/// `+Closing`.
///
/// # Why this way
/// A head is parsed where it arrived and copied once into the driver's block, so that no receive buffer is held while
/// an exchange waits. Body bytes are handed on as slices of the buffer that they came in.
final class HTTP1DownstreamConnection: ChannelInboundHandler, RemovableChannelHandler, DownstreamConnection {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Phase: Equatable {
    /// Before the first byte of a request.
    case idle
    /// In the middle of a head, since then.
    case head(since: Instant)
    /// An exchange is under way; whether its body is asked for.
    case exchange(bodyWanted: Bool)
    case tunnel
    /// Our last byte is on its way; what the client still sends is dropped, within bounds.
    case lingering(until: Instant, dropped: Int)
    case closed
  }

  let worker: Worker
  let listener: ListenerState
  let accepted: Instant
  private(set) var client: ClientFacts
  var context: ChannelHandlerContext?
  var phase = Phase.idle
  var driver: ExchangeDriver?
  private var scanner: HeadScanner
  var decoder = BodyDecoder(.none)
  var input: ByteBuffer?
  /// Bytes on their way out that are not yet given to the channel.
  var out: ByteBuffer?
  /// Bytes were given to the channel that it has not been told to send.
  var needsFlush = false
  /// How the response under way is framed.
  var framing = BodyFraming.none
  /// The head said that the connection lives on.
  var announcedKeepAlive = true
  private(set) var requests = 0
  /// The worker or the listener drains: until when a client that asks nothing is waited for.
  var drainLimit = Instant.never
  var isDraining: Bool { drainLimit != .never }
  private var isProcessing = false
  private var isPausedByDriver = false
  private var isPausedByInput = false
  private var sawError = false
  /// The client ended its TLS connection without saying so.
  private var endedUncleanly = false
  private(set) var entry: TimerWheel.Entry?
  var deadline = Instant.never
  /// When the wheel looks at us at the latest.
  var scheduledFor = Instant.never
  var writtenAtDeadline = 0
  var bytesIn: UInt64 = 0
  var bytesOut: UInt64 = 0

  /// Bytes of requests that may wait unread behind the present one before reading pauses.
  static let heldInputMax = 64 << 10

  init(worker: Worker, listener: ListenerState, client: ClientFacts, at now: Instant) {
    self.worker = worker
    self.listener = listener
    self.client = client
    accepted = now
    scanner = HeadScanner(role: .request, limits: listener.headLimits)
    drainLimit = worker.drainLimit
  }

  // MARK: Life

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    worker.downstreams[ObjectIdentifier(self)] = self
    listener.connections += 1
    entry = worker.timers.add(self)
    let limit = accepted + listener.timeouts.head
    setDeadline(isDraining ? min(limit, idleDeadline(at: accepted)) : limit)
  }

  func channelInactive(context: ChannelHandlerContext) {
    // Where our side of a tunnel has ended before, the client's FIN comes as the end of the channel.
    if phase == .tunnel, !sawError { driver?.handle(.tunnelHalfEnded(.downstream), at: Clock.now()) }
    driver?.handle(.clientGone, at: Clock.now())
    gone()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    gone()
    self.context = nil
  }

  func gone() {
    phase = .closed
    driver = nil
    input = nil
    out = nil
    guard let entry else { return }
    self.entry = nil
    worker.timers.remove(entry)
    worker.downstreams[ObjectIdentifier(self)] = nil
    listener.connections -= 1
  }

  // MARK: Bytes in

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    switch phase {
    case .closed:
      return
    case .lingering:
      drop(bytes.readableBytes)
      return
    case .tunnel:
      bytesIn += UInt64(bytes.readableBytes)
      driver?.tunnelBytes(bytes, from: .downstream, at: Clock.now())
      driver?.settle()
      return
    case .idle, .head, .exchange:
      break
    }
    if input == nil {
      input = bytes
    } else {
      var held = takeInput()
      held.writeBuffer(&bytes)
      input = held
    }
    process()
  }

  /// What waits unread; `input` no longer holds it, so that changing it copies nothing.
  private func takeInput() -> ByteBuffer {
    var taken: ByteBuffer?
    swap(&taken, &input)
    return taken ?? ByteBuffer()
  }

  /// We are the only handler; nobody behind us waits for it.
  func channelReadComplete(context: ChannelHandlerContext) {}

  /// Takes what can be taken of the input: heads while no exchange is under way, body bytes while they are wanted.
  func process() {
    guard !isProcessing else { return }
    isProcessing = true
    let now = Clock.now()
    var goesOn = true
    while goesOn, input != nil {
      switch phase {
      // A client that takes no bytes gets no further exchange until it does.
      case .idle, .head: goesOn = !isFull && readHead(at: now)
      case .exchange(bodyWanted: true): goesOn = readBody(at: now)
      case .exchange(bodyWanted: false), .tunnel, .lingering, .closed: goesOn = false
      }
    }
    isProcessing = false
    driver?.settle()
    holdInput()
  }

  /// - Returns: false where more bytes are needed.
  private func readHead(at now: Instant) -> Bool {
    var bytes = takeInput()
    guard bytes.readableBytes > 0 else { return false }
    if requests == 0, !client.isSecure, !client.isPlainOnTLS, let isWhole = beginsWithPreface(bytes.readableBytesSpan) {
      if isWhole { becomeHTTP2(bytes) } else { awaitMore(bytes, at: now) }
      return false
    }
    switch scanner.scan(bytes.readableBytesSpan) {
    case .incomplete:
      awaitMore(bytes, at: now)
      return false
    case .failed(let fault):
      input = bytes
      refuse(fault, bytes, at: now)
      return true
    case .complete(let start, let end):
      let driver = worker.takeDriver()
      bytes.readableBytesSpan.extracting(0..<end).withUnsafeBytes { driver.block.append(contentsOf: $0) }
      bytes.moveReaderIndex(forwardBy: end)
      input = bytes
      scanner.reset()
      headArrived(driver, start, end, at: now)
      return true
    }
  }

  private func awaitMore(_ bytes: ByteBuffer, at now: Instant) {
    if phase == .idle {
      phase = .head(since: now)
      setDeadline(now + listener.timeouts.head)
    }
    input = bytes
  }

  private func headArrived(_ driver: ExchangeDriver, _ start: Int, _ end: Int, at now: Instant) {
    requests += 1
    bytesIn = UInt64(end)
    bytesOut = 0
    self.driver = driver
    driver.begin(for: self, client: client, at: headStart ?? now)
    phase = .exchange(bodyWanted: false)
    announcedKeepAlive = true
    let block = driver.block
    do {
      try driver.head.parse(block.span.bytes, start: start, end: end)
    } catch {
      // HTTP of another version is plain HTTP too.
      let isHTTP = Cause.of(rule: error.rule, in: .request) == .requestVersionUnsupported
      if client.isPlainOnTLS, isHTTP { return driver.handle(.requestRefused(.requestPlaintextOnTlsPort), at: now) }
      driver.refuse(error, at: now)
      return
    }
    if client.isPlainOnTLS { return driver.handle(.requestRefused(.requestPlaintextOnTlsPort), at: now) }
    decoder = BodyDecoder(driver.head.framing)
    driver.start(at: now)
  }

  private var headStart: Instant? {
    if case .head(let since) = phase { return since }
    return nil
  }

  /// What cannot become a head still becomes an exchange with a record and an answer.
  private func refuse(_ fault: WireFault, _ bytes: ByteBuffer, at now: Instant) {
    let driver = worker.takeDriver()
    driver.begin(for: self, client: client, at: headStart ?? now)
    self.driver = driver
    phase = .exchange(bodyWanted: false)
    bytesIn = UInt64(bytes.readableBytes)
    bytesOut = 0
    driver.look(at: bytes)
    driver.refuse(fault, at: now)
  }

  /// - Returns: false where more bytes are needed.
  private func readBody(at now: Instant) -> Bool {
    guard let driver else { return false }
    var bytes = takeInput()
    var offset = 0
    let part = decoder.next(bytes.readableBytesSpan, at: &offset)
    bytesIn += UInt64(offset)
    switch part {
    case .needMore:
      bytes.moveReaderIndex(forwardBy: offset)
      input = bytes
      return false
    case .data(let range):
      let data = bytes.getSlice(at: bytes.readerIndex + Int(range.lowerBound), length: range.count)
      bytes.moveReaderIndex(forwardBy: offset)
      input = bytes
      if let data { driver.requestBody(data, at: now) }
      return true
    case .trailers:
      // Request trailers are read and dropped: RFC 9110 section 6.5.1 allows it, and no upstream may count on them.
      bytes.moveReaderIndex(forwardBy: offset)
      input = bytes
      return true
    case .end:
      bytes.moveReaderIndex(forwardBy: offset)
      input = bytes
      phase = .exchange(bodyWanted: false)
      driver.handle(.requestEnded, at: now)
      return true
    case .failed(let fault):
      phase = .exchange(bodyWanted: false)
      driver.refuseBody(fault, at: now)
      return true
    }
  }

  /// What stays unread is kept without the receive buffer that it came in, and reading pauses at a bound.
  private func holdInput() {
    guard let bytes = input, bytes.readableBytes > 0 else {
      input = nil
      setPausedByInput(false)
      return
    }
    var exact = ByteBufferAllocator().buffer(capacity: bytes.readableBytes)
    exact.writeImmutableBuffer(bytes)
    input = exact
    setPausedByInput(exact.readableBytes > Self.heldInputMax)
  }

  // MARK: Reading on and off

  private func setPausedByInput(_ isPaused: Bool) {
    guard isPausedByInput != isPaused else { return }
    isPausedByInput = isPaused
    applyReading()
  }

  func setPausedByDriver(_ isPaused: Bool) {
    guard isPausedByDriver != isPaused else { return }
    isPausedByDriver = isPaused
    applyReading()
  }

  private func applyReading() {
    guard let channel = context?.channel else { return }
    try? channel.syncOptions?.setOption(.autoRead, value: !(isPausedByDriver || isPausedByInput))
  }

  // MARK: Between exchanges

  /// The response is complete and the connection lives on.
  func awaitNext() {
    driver = nil
    phase = .idle
    setPausedByDriver(false)
    setDeadline(idleDeadline(at: Clock.now()))
    if input != nil { process() }
  }

  // MARK: Events of the channel

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed {
      inputEnded()
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A FIN without close_notify, which many clients send: what a FIN means is told next.
    if error.isUncleanEnd {
      endedUncleanly = true
      return
    }
    // RST and the like: the channel's end follows, and with it `clientGone`.
    sawError = true
    cut()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard let driver else {
      if context.channel.isWritable { process() }
      return
    }
    driver.handle(context.channel.isWritable ? .clientReady : .clientFull, at: Clock.now())
    driver.settle()
  }

  private func inputEnded() {
    let now = Clock.now()
    switch phase {
    case .idle where client.isSecure && !endedUncleanly:
      // The client has said its last word of TLS; ours is the answer.
      phase = .closed
      context?.close(promise: nil)
    case .idle, .lingering, .closed:
      closeNow()
    case .head(let since):
      let driver = worker.takeDriver()
      driver.begin(for: self, client: client, at: since)
      self.driver = driver
      driver.abandonHead(at: now)
    case .exchange:
      driver?.handle(.clientGone, at: now)
    case .tunnel:
      driver?.handle(.tunnelHalfEnded(.downstream), at: now)
      driver?.settle()
    }
  }
}
