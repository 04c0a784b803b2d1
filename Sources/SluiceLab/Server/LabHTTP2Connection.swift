internal import NIOCore
internal import SluiceWire

/// One HTTP/2 connection of the lab: reads requests, asks for the list of steps of each, performs the lists side by
/// side.
///
/// What it adds of its own is what the protocol needs to come to a request: SETTINGS and their acknowledgement,
/// answers to PING, and windows that grow as content is taken. Everything on a request's stream is the list's.
final class LabHTTP2Connection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// Streams at once; one more is refused. Told to the peer.
  static let streamsMax = 100
  private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  private let answer: @Sendable (LabRequest) -> [Step]
  let ledger: LabLedger
  private let number: Int

  private var inbound: [UInt8] = []
  private var hasPreface = false
  private var reader = FrameReader()
  private var decoder = HPACKDecoder()
  private var block: [UInt8] = []
  private var blockEndsStream = false
  private var settings = HTTP2Settings()
  private var turn = 0
  var streams: [UInt32: LabHTTP2Stream] = [:]
  /// Bytes that the peer takes on the connection.
  var window = 65_535
  var frameBytesMax: Int { Int(min(settings.maxFrameSize, 16_384)) }
  var answersPings = true
  var isInputClosed = false
  /// The connection is over; what still arrives is thrown away.
  var isEnding = false
  private(set) var isClosed = false
  var isPumping = false
  private var lastWrite: EventLoopFuture<Void>?
  private var guardian: Scheduled<Void>?

  init(script: @escaping @Sendable (LabRequest) -> [Step], ledger: LabLedger, number: Int) {
    answer = script
    self.ledger = ledger
    self.number = number
  }

  func channelActive(context: ChannelHandlerContext) {
    guardConnection(context, ledger.limits.idle)
    context.fireChannelActive()
    write(HTTP2Reply.setting(HTTP2Settings.Identifier.maxConcurrentStreams.rawValue, UInt32(Self.streamsMax)), context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isEnding else { return }
    inbound.append(contentsOf: unwrapInboundIn(data).readableBytesView)
    takeInput(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    isClosed = true
    guardian?.cancel()
    for stream in streams.values { stream.timer?.cancel() }
    streams = [:]
    context.fireChannelInactive()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { pump(context) }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .some(.inputClosed) = event as? ChannelEvent {
      isInputClosed = true
      if isEnding { closeNow(context) } else { end(context) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  // MARK: input

  private func takeInput(_ context: ChannelHandlerContext) {
    if !hasPreface {
      guard inbound.count >= Self.preface.count else { return }
      guard inbound.starts(with: Self.preface) else { return closeNow(context) }
      inbound.removeFirst(Self.preface.count)
      hasPreface = true
    }
    let bytes = inbound
    var offset = 0
    reading: while !isClosed, !isEnding {
      switch reader.next(bytes.span.bytes, at: &offset) {
      case .needMore: break reading
      case .failed: return closeNow(context)
      case .frame(let frame): take(frame, bytes, context)
      }
    }
    inbound.removeFirst(min(offset, inbound.count))
  }

  private func take(_ frame: Frame, _ bytes: [UInt8], _ context: ChannelHandlerContext) {
    switch frame {
    case .data(let id, let range, let flowLength, let endsStream):
      takeContent(id, bytes[range.offsets], flowLength, endsStream, context)
    case .headers(let id, let range, let endsStream, let endsBlock):
      block = Array(bytes[range.offsets])
      blockEndsStream = endsStream
      if endsBlock { takeBlock(id, context) }
    case .continuation(let id, let range, let endsBlock):
      guard block.count + range.count <= ledger.limits.headBytes else { return closeNow(context) }
      block.append(contentsOf: bytes[range.offsets])
      if endsBlock { takeBlock(id, context) }
    case .settings(let range):
      let before = Int(settings.initialWindowSize)
      guard (try? settings.apply(bytes.span.bytes.extracting(range.offsets))) != nil else { return closeNow(context) }
      for stream in streams.values { stream.window += Int(settings.initialWindowSize) - before }
      write(HTTP2Reply.frame(.settings, flags: HTTP2Reply.acknowledgement), context)
      pump(context)
    case .ping(let data):
      if answersPings {
        var pong: [UInt8] = []
        FrameWriting.appendPing(data, isAcknowledgement: true, to: &pong)
        write(pong, context)
      }
    case .reset(let id, _): forget(id, context)
    case .windowUpdate(let id, let increment):
      if id == 0 { window += increment } else { streams[id]?.window += increment }
      pump(context)
    case .goAway, .settingsAcknowledged, .pingAcknowledged, .priority, .ignored: break
    }
  }

  private func takeBlock(_ id: UInt32, _ context: ChannelHandlerContext) {
    var list = HeaderList(.request)
    let block = block
    guard (try? decoder.decode(block.span.bytes, into: &list)) != nil else { return closeNow(context) }
    if let stream = streams[id] {
      if blockEndsStream { bodyEnded(stream, context) }
      return
    }
    guard streams.count < Self.streamsMax else { return write(HTTP2Reply.reset(.refusedStream, id), context) }
    let stream = LabHTTP2Stream(id: id, window: Int(settings.initialWindowSize))
    turn += 1
    stream.request = request(list, id, isEmpty: blockEndsStream)
    stream.isBodyComplete = blockEndsStream
    ledger.count(stream.request)
    stream.script = answer(stream.request)
    streams[id] = stream
    guardConnection(context, ledger.limits.exchange)
    run(stream, context)
  }

  private func request(_ list: HeaderList, _ id: UInt32, isEmpty: Bool) -> LabRequest {
    func text(_ range: ByteRange?) -> String {
      range.map { String(decoding: list.bytes[$0.offsets], as: UTF8.self) } ?? ""
    }
    var request = LabRequest()
    request.method = text(list.pseudo.method)
    request.target = text(list.pseudo.path)
    request.version = "HTTP/2.0"
    request.fields = list.fields.map { (text($0.name), text($0.value)) }
    request.fields.append(("host", text(list.pseudo.authority)))
    request.head = list.bytes
    request.body = isEmpty ? .none : request.field("content-length").flatMap { Int($0) }.map { .length($0) } ?? .chunked
    request.connection = number
    request.turn = turn
    request.streamID = id
    request.occurrence = ledger.occurrence(of: request)
    return request
  }

  private func takeContent(
    _ id: UInt32, _ content: ArraySlice<UInt8>, _ flowLength: Int, _ endsStream: Bool, _ context: ChannelHandlerContext
  ) {
    if flowLength > 0 { giveBack(flowLength, 0, context) }
    guard let stream = streams[id] else { return }
    stream.bodyRead += content.count
    ledger.count(bodyBytes: content.count)
    if stream.bodyRead > ledger.limits.bodyBytes { return closeNow(context) }
    if stream.isEchoing { stream.pending.append(contentsOf: content) }
    stream.owed += flowLength
    if !endsStream { settle(stream, context) }
    if case .body(let least) = stream.waiting, stream.bodyRead >= least { resume(stream, context) }
    if endsStream { bodyEnded(stream, context) }
    if stream.isEchoing { pump(context) }
  }

  private func bodyEnded(_ stream: LabHTTP2Stream, _ context: ChannelHandlerContext) {
    guard !stream.isBodyComplete else { return }
    stream.isBodyComplete = true
    ledger.countBody()
    if case .body = stream.waiting { resume(stream, context) }
    if stream.isEchoing { pump(context) }
  }

  /// Lets the peer send on, but for what still waits to be echoed and where the list wants nothing read.
  func settle(_ stream: LabHTTP2Stream, _ context: ChannelHandlerContext) {
    guard stream.isReading, !stream.isBodyComplete, stream.pending.isEmpty, stream.owed > 0 else { return }
    giveBack(stream.owed, stream.id, context)
    stream.owed = 0
  }

  private func giveBack(_ count: Int, _ id: UInt32, _ context: ChannelHandlerContext) {
    var bytes: [UInt8] = []
    FrameWriting.appendWindowUpdate(increment: count, streamID: id, to: &bytes)
    write(bytes, context)
  }

  /// The stream's list is over, or the peer wants no more of it.
  func forget(_ id: UInt32, _ context: ChannelHandlerContext) {
    guard let stream = streams.removeValue(forKey: id) else { return }
    stream.timer?.cancel()
    if streams.isEmpty { guardConnection(context, ledger.limits.idle) }
  }

  // MARK: output

  func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    guard !isClosed else { return }
    let promise = context.eventLoop.makePromise(of: Void.self)
    lastWrite = promise.futureResult
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: promise)
  }

  /// Runs once the kernel has everything that was written so far.
  func afterFlush(_ work: @escaping () -> Void) {
    guard let lastWrite else { return work() }
    lastWrite.assumeIsolated().whenComplete { [self] _ in if !isClosed { work() } }
  }

  /// - Parameter isCut: over TLS, whether the end comes without a close_notify.
  func end(_ context: ChannelHandlerContext, isCut: Bool = false) {
    guard !isEnding, !isClosed else { return }
    isEnding = true
    afterFlush { [self] in
      if isInputClosed { return closeNow(context) }
      guardConnection(context, ledger.limits.linger)
      (isCut ? context.belowTLS : context).close(mode: .output, promise: nil)
    }
  }

  /// Closes the descriptor; TLS is not asked, since it would wait for the peer.
  func closeNow(_ context: ChannelHandlerContext) {
    guard !isClosed else { return }
    isEnding = true
    context.belowTLS.close(mode: .all, promise: nil)
  }

  /// The bound of what comes next takes the place of the one before it.
  private func guardConnection(_ context: ChannelHandlerContext, _ span: TimeAmount) {
    guardian?.cancel()
    guardian = context.eventLoop.assumeIsolated().scheduleTask(in: span) { [self] in closeNow(context) }
  }
}
