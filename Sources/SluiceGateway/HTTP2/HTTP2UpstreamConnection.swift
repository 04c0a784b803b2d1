internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// An HTTP/2 connection to an endpoint, shared by the attempts of one worker.
///
/// # Overview
/// With no stream it rests in its endpoint's pool as any connection does, and is leased from there by the same rules.
/// With one or more it is shared: further attempts join it, up to what the endpoint allows.
///
/// # Why this way
/// The pool knows one state, leased or idle, for both protocols, so that idle ages, liveness and permits are decided in
/// one place.
final class HTTP2UpstreamConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Phase: Equatable {
    case open
    /// The endpoint takes no further streams; those under way end.
    case leaving
    case closed
  }

  let worker: Worker
  let endpoint: EndpointState
  var id = EndpointPool.ConnectionID(slot: .max, generation: 0)
  let address: EndpointAddress
  /// What TLS agreed on; nil: the connection is plain.
  private let session: TLSSession?
  private(set) var isObsolete = false
  let wasHeldBack = false
  let mayRefuse = true
  var context: ChannelHandlerContext?
  var phase = Phase.open
  var machine: HTTP2Connection
  private var streams = HTTP2StreamTable<HTTP2UpstreamStream>()
  var waiting = CircularBuffer<any HTTP2Sender>()
  private var input: ByteBuffer?
  var out: ByteBuffer?
  var needsFlush = false
  private(set) var isReading = false
  var isFlushDue = false
  var unsettled: ExchangeDriver?
  private(set) var uses: UInt32 = 0
  /// Whether the first response was looked at for the version that it tells.
  var isVersionSeen = false
  /// Out of the pool, for one attempt or many.
  private var isLeased = false
  private let born: Instant
  private var idleUntil = Instant.never
  private var entry: TimerWheel.Entry?
  /// When the endpoint's last bytes came.
  private var heardAt: Instant
  /// When a PING has to be answered; `never`: none is out.
  private var pingDeadline = Instant.never

  /// Silence, with a stream under way, after which the endpoint is asked whether it is there.
  static let pingAfter = TimeSpan.seconds(10)
  /// For how long its answer is waited for.
  static let pingTimeout = TimeSpan.seconds(5)

  init(worker: Worker, endpoint: EndpointState, address: EndpointAddress, session: TLSSession?, at now: Instant) {
    self.worker = worker
    self.endpoint = endpoint
    self.address = address
    self.session = session
    born = now
    heardAt = now
    let head = endpoint.responseLimits
    machine = HTTP2Connection(
      .upstream,
      limits: HTTP2Limits(
        opensConnectionAtOnce: true, list: HeaderList.Limits(size: head.total, fields: head.fields)))
    // Goes out with the first request.
    machine.start()
  }

  // MARK: Streams

  /// Whether another attempt may join.
  var hasRoom: Bool { phase == .open && !isObsolete && machine.mayOpen && context?.channel.isActive == true }

  /// How long the connection exists.
  func age(at now: Instant) -> TimeSpan { now - born }

  /// An attempt joins.
  func join(_ driver: ExchangeDriver) -> HTTP2UpstreamStream {
    let stream = HTTP2UpstreamStream(machine.open(), on: self, for: driver, followsIdle: false)
    streams.insert(stream, for: stream.id)
    uses += 1
    if streams.count == 1 { schedule() }
    return stream
  }

  /// The stream has ended on both sides.
  func over(_ stream: HTTP2UpstreamStream) {
    guard stream.phase != .over else { return }
    stream.phase = .over
    stopWaiting(stream)
    guard streams.remove(stream.id) != nil, streams.count == 0 else { return }
    endpoint.unshare(self)
    if phase == .leaving { return close() }
    // In the middle of a read it waits for the turn's end: what comes next may be a GOAWAY.
    if phase == .open, !isReading { rest() }
  }

  /// The last attempt has left: back to the pool.
  private func rest() {
    isLeased = false
    worker.release(self, id, keepAlive: nil, at: Clock.now())
  }

  /// The attempt is given up: the endpoint is told to stop.
  func cancel(_ stream: HTTP2UpstreamStream) {
    machine.reset(stream.id, .cancel)
    over(stream)
    flushSoon()
  }

  // MARK: Bytes in

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    gone()
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard phase != .closed else { return }
    if var held = takeInput() {
      held.writeBuffer(&bytes)
      bytes = held
    }
    let now = Clock.now()
    heardAt = now
    pingDeadline = .never
    isReading = true
    while phase != .closed, takeFrame(&bytes, at: now) {}
    settleNow()
    isReading = false
    keep(bytes)
    endTurn()
  }

  func channelReadComplete(context: ChannelHandlerContext) {}

  private func takeInput() -> ByteBuffer? {
    var taken: ByteBuffer?
    swap(&taken, &input)
    return taken
  }

  private func keep(_ bytes: ByteBuffer) {
    guard bytes.readableBytes > 0, !machine.isOver, phase != .closed else { return }
    var exact = ByteBufferAllocator().buffer(capacity: bytes.readableBytes)
    exact.writeImmutableBuffer(bytes)
    input = exact
  }

  private func takeFrame(_ bytes: inout ByteBuffer, at now: Instant) -> Bool {
    var offset = 0
    let event = machine.receive(bytes.readableBytesSpan, at: &offset, now: now)
    var content: ByteBuffer?
    if case .data(_, let range, _) = event {
      content = bytes.getSlice(at: bytes.readerIndex + Int(range.lowerBound), length: range.count)
    }
    if case .failed(let fault) = event {
      failed(fault, bytes, at: now)
      return false
    }
    bytes.moveReaderIndex(forwardBy: offset)
    switch event {
    case .needMore: return false
    case .nothing, .pingAnswered, .failed: return true
    case .settingsChanged, .windowOpened: sendWaiting()
    case .head(let id, let endsStream):
      withStream(id) { $0.headArrived(machine.list, endsStream: endsStream, at: now) }
    case .data(let id, _, let endsStream):
      if let content { withStream(id) { $0.dataArrived(content, endsStream: endsStream, at: now) } }
    case .trailers(let id):
      withStream(id) { $0.trailersArrived(machine.list, at: now) }
    case .reset(let id, let code):
      withStream(id) { reset($0, code, at: now) }
    case .streamFailed(let id, let rule):
      withStream(id) { stream in
        stream.driver?.http2Rule = rule
        stream.failed(rule == .contentShort ? .truncatedBody : .h2ProtocolViolation, at: now)
        over(stream)
      }
    case .goneAway(let last, let code): goneAway(last, code, at: now)
    }
    return true
  }

  /// What a stream's frame means to its exchange, and what the exchange has to say to it at the end of the turn.
  private func withStream(_ id: UInt32, _ body: (HTTP2UpstreamStream) -> Void) {
    guard let stream = streams[id] else { return }
    stream.followsIdle = false
    let driver = stream.driver
    body(stream)
    guard let driver else { return }
    if isReading { settleLater(driver) } else { driver.settle() }
  }

  private func reset(_ stream: HTTP2UpstreamStream, _ code: HTTP2ErrorCode, at now: Instant) {
    // Some servers reset a stream that they are done with before they have ended it (RFC 9113 section 8.1 wants both).
    if code == .noError, stream.hasWholeBody {
      stream.dataArrived(ByteBuffer(), endsStream: true, at: now)
      return over(stream)
    }
    stream.driver?.http2Code = code
    stream.failed(code == .refusedStream ? .h2RefusedStream : .h2StreamReset, at: now)
    over(stream)
  }

  /// Streams above the last one were not processed (RFC 9113 section 6.8).
  private func goneAway(_ last: UInt32, _ code: HTTP2ErrorCode, at now: Instant) {
    phase = .leaving
    endpoint.unshare(self)
    for id in streams.ids where id > last {
      withStream(id) { stream in
        stream.driver?.http2Code = code
        stream.failed(.h2GoawayUnprocessed, at: now)
        machine.reset(id, .cancel)
        over(stream)
      }
    }
    if streams.count == 0 { closedByPeer(at: now) }
  }

  private func failed(_ fault: HTTP2Fault, _ bytes: ByteBuffer, at now: Instant) {
    takeControl()
    flush()
    for id in streams.ids {
      withStream(id) { stream in
        stream.driver?.http2Rule = fault.rule
        stream.failed(cause(of: bytes, for: stream.driver) ?? .h2ProtocolViolation, at: now)
        over(stream)
      }
    }
    close()
  }

  /// What an endpoint said that has never spoken HTTP/2; nil: it said nothing, or only what HTTP/2 has a rule for.
  private func cause(of bytes: ByteBuffer?, for driver: ExchangeDriver?) -> Cause? {
    guard let bytes, bytes.readableBytes > 0, let driver else { return nil }
    driver.look(at: bytes)
    driver.keepFirstBytes(of: bytes)
    let cause = driver.refined(.notHttp)
    return machine.hasPeerSettings || cause == .notHttp ? nil : cause
  }

  // MARK: Turns

  private func endTurn() {
    takeControl()
    flush()
    if phase == .open, streams.count == 0, isLeased { rest() }
    schedule()
  }

  var streamCount: Int { streams.count }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard context.channel.isWritable else { return }
    sendWaiting()
    takeControl()
    flush()
  }

  // MARK: Ends

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let event = event as? ChannelEvent, event == .inputClosed else {
      return context.fireUserInboundEventTriggered(event)
    }
    ended(.closed)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let session, let end = session.end(for: error) {
      // Messages have ends of their own here: a connection that ends without saying so is one that ends.
      if end == .cut { return }
      for id in streams.ids { streams[id]?.driver?.tlsEvidence = session.evidence }
      return ended(end)
    }
    let number = (error as? IOError)?.errnoCode ?? 0
    for id in streams.ids { streams[id]?.driver?.systemError = number }
    ended(.reset)
  }

  func channelInactive(context: ChannelHandlerContext) {
    ended(.reset)
    gone()
  }

  private func ended(_ end: UpstreamEnd) {
    guard phase != .closed else { return }
    let now = Clock.now()
    let ids = streams.ids
    guard !ids.isEmpty else { return closedByPeer(at: now) }
    phase = .leaving
    endpoint.unshare(self)
    for id in ids {
      guard let stream = streams[id] else { continue }
      if !machine.hasPeerSettings, let cause = cause(of: input, for: stream.driver) {
        stream.failed(cause, at: now)
      } else {
        stream.connectionEnded(end, at: now)
      }
      over(stream)
    }
    close()
  }

  func close() {
    guard phase != .closed else { return }
    if phase == .open, streams.count == 0, context?.channel.isActive == true {
      machine.goAway()
      takeControl()
      flush()
    }
    phase = .closed
    endpoint.unshare(self)
    endpoint.forget(id)
    context?.close(promise: nil)
  }

  private func gone() {
    phase = .closed
    input = nil
    out = nil
    waiting.removeAll()
    if let entry { worker.timers.remove(entry) }
    entry = nil
    endpoint.unshare(self)
    endpoint.forget(id)
  }
}

extension HTTP2UpstreamConnection: UpstreamConnection {
  func begin(as id: EndpointPool.ConnectionID, for driver: ExchangeDriver) -> any UpstreamStream {
    self.id = id
    isLeased = true
    idleUntil = .never
    let stream = join(driver)
    stream.followsIdle = uses > 1
    endpoint.share(self)
    return stream
  }

  func rest(until: Instant) {
    idleUntil = until
    schedule()
  }

  var isAlive: Bool {
    guard hasRoom, let channel = context?.channel else { return false }
    return SocketState.isEstablished(channel)
  }

  func becomeObsolete() {
    isObsolete = true
    closeIdle()
  }

  func closeIdle() {
    if streams.count == 0 { close() }
  }

  func closedByPeer(at now: Instant) {
    endpoint.forget(id, byPeer: now)
    close()
  }
}

extension HTTP2UpstreamConnection: HTTP2Sending, TimerOwner {
  /// When the connection is looked at: for its idle time, or for the endpoint's silence.
  private var deadline: Instant {
    guard phase != .closed else { return .never }
    guard streams.count > 0 else { return idleUntil }
    return pingDeadline == .never ? heardAt + Self.pingAfter : pingDeadline
  }

  fileprivate func schedule() {
    let deadline = deadline
    guard deadline != .never else { return }
    let entry = entry ?? worker.timers.add(self)
    self.entry = entry
    worker.timers.schedule(entry, by: deadline)
  }

  func timerCame(at now: Instant) -> Instant {
    guard deadline <= now else { return deadline }
    if streams.count == 0 {
      endpoint.pool.idleLimitReached(id, at: now)
      close()
    } else if pingDeadline == .never {
      pingDeadline = now + Self.pingTimeout
      machine.ping(UInt64(bitPattern: now.nanoseconds))
      takeControl()
      flush()
    } else {
      for id in streams.ids {
        withStream(id) { stream in
          stream.failed(.h2PingTimeout, at: now)
          over(stream)
        }
      }
      close()
    }
    return deadline
  }
}
