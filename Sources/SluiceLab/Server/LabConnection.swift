internal import NIOCore
internal import NIOTLS

/// One connection of the lab: reads requests, asks the site for the list of steps, performs them one after the other.
///
/// The handler writes exactly what a step says. What it adds of its own is only: 100 Continue where a script waits for
/// a body that the client holds back, and the close that the client asked for or a bound of `LabLimits` forces.
final class LabConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What the script cannot go on without.
  enum Waiting: Equatable {
    case nothing
    case time
    case flush
    case writable
    case body(atLeast: Int)
    /// Anything from the peer.
    case input
    /// The peer's end, or a bound.
    case end
  }

  /// Reasons for reading to stand still; reading is on while there are none.
  struct Pauses: OptionSet {
    var rawValue: UInt8
    static let script = Pauses(rawValue: 1)
    static let echo = Pauses(rawValue: 2)
    static let pipelined = Pauses(rawValue: 4)
  }

  private let greeting: [Step]?
  private let answer: @Sendable (LabRequest) -> [Step]
  let ledger: LabLedger
  let number: Int

  var reader: RequestReader
  var inbound = ByteBuffer()
  var request: LabRequest?
  var turn = 0
  var bodyRead = 0
  var isEchoing = false

  var script: [Step] = []
  var position = 0
  var waiting = Waiting.nothing
  private var isRunning = false
  var isPumping = false
  var filling: (piece: ByteBuffer, left: Int)?
  var webSocket: WebSocketEcho?
  var isTunnel = false

  private var pauses: Pauses = []
  var isInputClosed = false
  /// The script is over and the connection with it; what still arrives is thrown away.
  var isEnding = false
  var isClosed = false
  private var lastWrite: EventLoopFuture<Void>?
  private var timer: Scheduled<Void>?
  private var guardian: Scheduled<Void>?
  private var deadline = NIODeadline.distantFuture

  init(
    greeting: [Step]?, script: @escaping @Sendable (LabRequest) -> [Step], ledger: LabLedger, number: Int
  ) {
    self.greeting = greeting
    answer = script
    self.ledger = ledger
    self.number = number
    reader = RequestReader(headBytesMax: ledger.limits.headBytes)
  }

  func channelActive(context: ChannelHandlerContext) {
    setDeadline(context, ledger.limits.idle)
    context.fireChannelActive()
    // Behind TLS nothing can be said before the handshake is over.
    if let greeting, context.belowTLS === context { start(greeting, context) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard !isEnding else { return }
    if inbound.readableBytes == 0 { inbound = bytes } else { inbound.writeBuffer(&bytes) }
    takeInput(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    isClosed = true
    timer?.cancel()
    guardian?.cancel()
    filling = nil
    context.fireChannelInactive()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable {
      resumeReading(.echo, context)
      pump(context)
    }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .some(.inputClosed) = event as? ChannelEvent { inputClosed(context) }
    if case .some(.handshakeCompleted) = event as? TLSUserEvent, let greeting { start(greeting, context) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  // MARK: input

  private func inputClosed(_ context: ChannelHandlerContext) {
    isInputClosed = true
    if isEnding { return closeNow(context) }
    switch waiting {
    case .body, .input: resume(context)
    case .end: end(context)
    case .nothing where script.isEmpty: end(context)
    case .nothing, .time, .flush, .writable: break
    }
  }

  /// Feeds what has arrived to whoever wants it: the next head, the body, a tunnel, a step that waits for the peer.
  func takeInput(_ context: ChannelHandlerContext) {
    do {
      if isTunnel || webSocket != nil { return takeTunnel(context) }
      if waiting == .input, inbound.readableBytes > 0 { resume(context) }
      if request != nil, !reader.isBodyComplete { try takeBody(context) }
      if isClosed || isEnding { return }
      while script.isEmpty, reader.isBodyComplete, !isClosed, !isEnding, let next = try reader.nextHead(&inbound) {
        try begin(next, context)
      }
    } catch {
      return closeNow(context)
    }
    if isInputClosed, script.isEmpty, !isClosed, !isEnding { return end(context) }
    if inbound.readableBytes > ledger.limits.pipelinedBytes, !script.isEmpty, reader.isBodyComplete {
      pauseReading(.pipelined, context)
    }
  }

  private func begin(_ head: LabRequest, _ context: ChannelHandlerContext) throws {
    turn += 1
    bodyRead = 0
    var request = head
    request.connection = number
    request.turn = turn
    request.occurrence = ledger.occurrence(of: request)
    self.request = request
    ledger.count(request)
    start(answer(request), context)
    if !isClosed, !isEnding, !reader.isBodyComplete { try takeBody(context) }
  }

  private func takeBody(_ context: ChannelHandlerContext) throws {
    while !isClosed, let piece = try reader.nextBody(&inbound) {
      bodyRead += piece.readableBytes
      ledger.count(bodyBytes: piece.readableBytes)
      if bodyRead > ledger.limits.bodyBytes { return closeNow(context) }
      if isEchoing { echo(piece, context) }
    }
    if isClosed { return }
    if reader.isBodyComplete {
      ledger.countBody()
      if isEchoing { echoEnd(context) }
    }
    if case .body(let least) = waiting, reader.isBodyComplete || bodyRead >= least { resume(context) }
    if reader.isBodyComplete, script.isEmpty, request != nil { finishTurn(context) }
  }

  // MARK: the script

  private func start(_ steps: [Step], _ context: ChannelHandlerContext) {
    setDeadline(context, ledger.limits.exchange)
    script = steps
    position = 0
    waiting = .nothing
    run(context)
  }

  /// What the script waited for has come.
  func resume(_ context: ChannelHandlerContext) {
    waiting = .nothing
    run(context)
  }

  private func run(_ context: ChannelHandlerContext) {
    guard !isRunning else { return }
    isRunning = true
    defer { isRunning = false }
    while !isClosed, !isEnding, waiting == .nothing, position < script.count {
      position += 1
      perform(script[position - 1], context)
    }
    guard !isClosed, !isEnding, waiting == .nothing, position == script.count else { return }
    script = []
    position = 0
    finishTurn(context)
  }

  /// After the last step: the connection stays for the next request, or ends where the client wants that.
  private func finishTurn(_ context: ChannelHandlerContext) {
    guard let request, reader.isBodyComplete else {
      // The greeting of a port is over, or the body of an exchange that was answered early is still coming.
      if isInputClosed { end(context) }
      return
    }
    self.request = nil
    isEchoing = false
    setDeadline(context, ledger.limits.idle)
    if request.wantsClose { return end(context) }
    resumeReading(.pipelined, context)
    if inbound.readableBytes > 0 {
      // Not from here: the caller may be the loop that takes the next head anyway, and a long row of requests would
      // become as deep a recursion.
      context.eventLoop.assumeIsolated().execute { [self] in
        if !isClosed, script.isEmpty { takeInput(context) }
      }
    } else if isInputClosed {
      end(context)
    }
  }

  // MARK: output

  func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    write(context.channel.allocator.buffer(bytes: bytes), context)
  }

  func write(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
    guard !isClosed else { return }
    let promise = context.eventLoop.makePromise(of: Void.self)
    lastWrite = promise.futureResult
    context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
  }

  /// Runs once the kernel has everything that was written so far.
  func afterFlush(_ context: ChannelHandlerContext, _ work: @escaping () -> Void) {
    guard let lastWrite else { return work() }
    lastWrite.assumeIsolated().whenComplete { [self] _ in if !isClosed { work() } }
  }

  /// - Parameter isCut: over TLS, whether the end comes without a close_notify.
  func end(_ context: ChannelHandlerContext, isCut: Bool = false) {
    guard !isEnding, !isClosed else { return }
    isEnding = true
    afterFlush(context) { [self] in
      if isInputClosed { return closeNow(context) }
      pauses = []
      setReading(context)
      inbound.clear()
      setDeadline(context, ledger.limits.linger)
      (isCut ? context.belowTLS : context).close(mode: .output, promise: nil)
    }
  }

  /// Closes the descriptor; TLS is not asked, since it would wait for the peer.
  func closeNow(_ context: ChannelHandlerContext) {
    guard !isClosed else { return }
    isEnding = true
    context.belowTLS.close(mode: .all, promise: nil)
  }

  // MARK: time and flow

  func after(_ milliseconds: Int, _ context: ChannelHandlerContext, _ work: @escaping () -> Void) {
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(milliseconds))) { [self] in
      if !isClosed { work() }
    }
  }

  /// One task guards all bounds of time: when it comes due early it looks again.
  private func setDeadline(_ context: ChannelHandlerContext, _ span: TimeAmount) {
    let isEarlier = NIODeadline.now() + span < deadline
    deadline = .now() + span
    if guardian == nil || isEarlier { watch(context) }
  }

  private func watch(_ context: ChannelHandlerContext) {
    guardian?.cancel()
    guardian = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
      guard !isClosed else { return }
      if NIODeadline.now() >= deadline { closeNow(context) } else { watch(context) }
    }
  }

  func pauseReading(_ reason: Pauses, _ context: ChannelHandlerContext) {
    pauses.insert(reason)
    setReading(context)
  }

  func resumeReading(_ reason: Pauses, _ context: ChannelHandlerContext) {
    guard pauses.contains(reason) else { return }
    pauses.remove(reason)
    setReading(context)
  }

  private func setReading(_ context: ChannelHandlerContext) {
    try? context.channel.syncOptions?.setOption(.autoRead, value: pauses.isEmpty)
  }
}
