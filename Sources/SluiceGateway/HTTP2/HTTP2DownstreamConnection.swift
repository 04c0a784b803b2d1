internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// A client's HTTP/2 connection: many exchanges at a time, each on its stream.
///
/// # Overview
/// Bytes go through the machine (`HTTP2Connection`), whose events become heads, content and ends for the drivers of the
/// streams. What streams send goes through `HTTP2Sending`. How the connection ends is in `+Closing`.
///
/// # Why this way
/// There is no channel for each stream: a stream is an object that is used again, and its bytes never pass through a
/// pipeline (ADR 0011).
final class HTTP2DownstreamConnection: ChannelInboundHandler, DownstreamConnection {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Phase: Equatable {
    case open
    /// The client was warned: streams that it begins until then are still taken.
    case warned(until: Instant)
    /// No further stream is taken; those under way end.
    case closing
    /// Our last byte is on its way; what still comes is dropped, within bounds.
    case lingering(dropped: Int)
    case closed
  }

  let worker: Worker
  let listener: ListenerState
  let client: ClientFacts
  let accepted: Instant
  var context: ChannelHandlerContext?
  var phase = Phase.open
  var machine: HTTP2Connection
  private var streams = HTTP2StreamTable<HTTP2DownstreamStream>()
  var waiting = CircularBuffer<any HTTP2Sender>()
  private var input: ByteBuffer?
  var out: ByteBuffer?
  var needsFlush = false
  private(set) var isReading = false
  var isFlushDue = false
  var unsettled: ExchangeDriver?
  private var isPaused = false
  private(set) var entry: TimerWheel.Entry?
  var deadline = Instant.never
  private var scheduledFor = Instant.never
  private var requests = 0
  /// When the last stream ended, or the connection began.
  var idleSince: Instant

  init(worker: Worker, listener: ListenerState, client: ClientFacts, at now: Instant) {
    self.worker = worker
    self.listener = listener
    self.client = client
    accepted = now
    idleSince = now
    var limits = HTTP2Limits()
    limits.list = HeaderList.Limits(size: listener.limits.head, fields: listener.limits.fields)
    machine = HTTP2Connection(.downstream, limits: limits)
  }

  var hasStreams: Bool { streams.count > 0 }
  var streamCount: Int { streams.count }

  // MARK: Life

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    worker.downstreams[ObjectIdentifier(self)] = self
    listener.connections += 1
    entry = worker.timers.add(self)
    machine.start()
    takeControl()
    flush()
    setDeadline(accepted + listener.timeouts.head)
    if worker.isDraining { drain(until: worker.drainLimit) }
  }

  func channelInactive(context: ChannelHandlerContext) { gone() }

  func handlerRemoved(context: ChannelHandlerContext) {
    gone()
    self.context = nil
  }

  private func gone() {
    phase = .closed
    leaveStreams()
    input = nil
    out = nil
    guard let entry else { return }
    self.entry = nil
    worker.timers.remove(entry)
    worker.downstreams[ObjectIdentifier(self)] = nil
    listener.connections -= 1
  }

  /// Every exchange under way has lost its client.
  func leaveStreams() {
    let now = Clock.now()
    for id in streams.ids { streams[id]?.clientGone(at: now) }
    waiting.removeAll()
  }

  // MARK: Bytes in

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { received(unwrapInboundIn(data)) }

  func received(_ received: ByteBuffer) {
    var bytes = received
    switch phase {
    case .closed: return
    case .lingering: return drop(bytes.readableBytes)
    case .open, .warned, .closing: break
    }
    if var held = takeInput() {
      held.writeBuffer(&bytes)
      bytes = held
    }
    isReading = true
    let now = Clock.now()
    while takeFrame(&bytes, at: now) {}
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

  /// A part of a frame is kept without the receive buffer that it came in.
  private func keep(_ bytes: ByteBuffer) {
    guard bytes.readableBytes > 0, !machine.isOver, phase != .closed else { return }
    var exact = ByteBufferAllocator().buffer(capacity: bytes.readableBytes)
    exact.writeImmutableBuffer(bytes)
    input = exact
  }

  /// - Returns: whether there may be another.
  private func takeFrame(_ bytes: inout ByteBuffer, at now: Instant) -> Bool {
    var offset = 0
    let event = machine.receive(bytes.readableBytesSpan, at: &offset, now: now)
    var content: ByteBuffer?
    if case .data(_, let range, _) = event {
      content = bytes.getSlice(at: bytes.readerIndex + Int(range.lowerBound), length: range.count)
    }
    bytes.moveReaderIndex(forwardBy: offset)
    switch event {
    case .needMore: return false
    case .nothing, .settingsChanged, .windowOpened:
      if event != .nothing { sendWaiting() }
      return true
    case .head(let id, let endsStream):
      begin(id, endsStream: endsStream, at: now)
      return true
    case .data(let id, _, let endsStream):
      if let content { streams[id]?.dataArrived(content, endsStream: endsStream, at: now) }
      return true
    case .trailers(let id):
      trailersArrived(id, at: now)
      return true
    case .reset(let id, _), .streamFailed(let id, _):
      streams[id]?.clientGone(at: now)
      return true
    case .goneAway, .pingAnswered:
      pingAnswered()
      return true
    case .failed(let fault):
      failed(fault)
      return false
    }
  }

  private func begin(_ id: UInt32, endsStream: Bool, at now: Instant) {
    requests += 1
    if requests >= listener.limits.requestsPerConnection { drain(until: now + listener.timeouts.idle) }
    let stream = worker.takeStream()
    streams.insert(stream, for: id)
    let driver = worker.takeDriver()
    stream.begin(id, on: self, bytes: machine.list.bytes.count)
    stream.driver = driver
    driver.begin(for: stream, client: client, at: now)
    driver.record.version = .http2
    do {
      try driver.head.read(machine.list, endsStream: endsStream, into: &driver.block)
    } catch {
      stream.headRead(isWhole: true)
      driver.refuse(error, at: now)
      settleLater(driver)
      return
    }
    // A length of 0 with the end to come is no content that anybody waits for.
    let hasContent = !endsStream && driver.head.framing != .none && driver.head.framing != .length(0)
    stream.headRead(isWhole: !hasContent)
    if case .length(let length) = driver.head.framing, !endsStream { machine.expect(length, on: id) }
    driver.start(at: now)
    settleLater(driver)
  }

  /// A request's trailers are judged as any field is, and dropped.
  private func trailersArrived(_ id: UInt32, at now: Instant) {
    guard let stream = streams[id] else { return }
    if let fault = machine.list.fault ?? (machine.list.isTooLarge ? WireFault(rule: .trailerTooLarge, offset: 0) : nil)
    {
      stream.driver?.refuseBody(fault, at: now)
      stream.driver?.settle()
      return
    }
    stream.trailersArrived(at: now)
  }

  // MARK: Turns

  /// What was gathered goes out, once for all streams of a turn.
  private func endTurn() {
    takeControl()
    flush()
    holdReading()
    setDeadline(nextDeadline)
  }

  /// A client that takes nothing may not make us answer more: its PINGs and requests wait in the socket.
  private func holdReading() {
    guard let channel = context?.channel else { return }
    let pauses = !channel.isWritable && phase != .closed
    guard pauses != isPaused else { return }
    isPaused = pauses
    try? channel.syncOptions?.setOption(.autoRead, value: !pauses)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard context.channel.isWritable else { return holdReading() }
    isReading = true
    sendWaiting()
    isReading = false
    endTurn()
  }

  // MARK: Streams

  /// The whole response was written. A client that is still sending gets a while to see it before it is told that
  /// nobody reads the rest (RFC 9113 section 8.1): some drop a response when the reset comes in the same read.
  func finished(_ stream: HTTP2DownstreamStream) {
    guard !machine.isEndedThere(stream.id) else { return stream.leave() }
    stream.setDeadline(Clock.now() + Linger.time)
  }

  /// Ends a stream in the middle of its response.
  func cut(_ stream: HTTP2DownstreamStream, _ code: HTTP2ErrorCode) {
    machine.reset(stream.id, code)
    stream.leave()
    flushSoon()
  }

  /// The client has not taken the rest of a response in time, or not stopped to send its request.
  func giveUp(_ stream: HTTP2DownstreamStream) { cut(stream, stream.outgoing.isDone ? .noError : .cancel) }

  /// The stream is nobody's any longer.
  func over(_ stream: HTTP2DownstreamStream) {
    guard streams.remove(stream.id) != nil else { return }
    worker.takeBack(stream)
    guard streams.count == 0 else { return }
    idleSince = Clock.now()
    if phase == .closing { close() } else if !isReading { setDeadline(nextDeadline) }
  }

  // MARK: Time

  func setDeadline(_ deadline: Instant) {
    self.deadline = deadline
    guard deadline < scheduledFor, let entry else { return }
    scheduledFor = deadline
    worker.timers.schedule(entry, by: deadline)
  }
}

extension HTTP2DownstreamConnection: HTTP2Sending, TimerOwner {
  func timerCame(at now: Instant) -> Instant {
    scheduledFor = .never
    if deadline <= now {
      deadline = .never
      deadlineCame(at: now)
    }
    scheduledFor = min(scheduledFor, deadline)
    return deadline
  }
}
