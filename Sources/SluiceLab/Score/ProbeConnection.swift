internal import NIOCore

/// The score's client: sends exactly what a turn says and sees every byte that comes back, and how the connection
/// ended.
///
/// One turn follows the other on one connection while that lives. What waits has an end: the time limit of the whole
/// connection closes it.
final class ProbeConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How long a client waits for 100 Continue before it sends its body anyway (RFC 9110 section 10.1.1).
  static let continueWait = TimeAmount.seconds(1)
  /// How long it is listened for bytes that do not belong to the last response.
  static let quietTime = TimeAmount.milliseconds(100)
  private static let piece = ByteBuffer(repeating: UInt8(ascii: "b"), count: 64 * 1024)

  private let turns: [ProbeTurn]
  private let limit: TimeAmount
  private let done: EventLoopPromise<[Answer]>
  private var answers: [Answer] = []
  private var reader: AnswerReader?
  private var unsent = 0
  private var isWaitingForContinue = false
  private var isFinished = false
  private var isInputClosed = false
  private var wasReset = false
  private var timers: [Scheduled<Void>] = []

  init(turns: [ProbeTurn], limit: TimeAmount, done: EventLoopPromise<[Answer]>) {
    self.turns = turns
    self.limit = limit
    self.done = done
  }

  func channelActive(context: ChannelHandlerContext) {
    after(limit, context) { [self] in
      end(.timeLimit, context)
    }
    sendTurn(context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard reader != nil else {
      // Between two responses: what comes belongs to none of them.
      if !answers.isEmpty { answers[answers.count - 1].excess += unwrapInboundIn(data).readableBytes }
      return
    }
    reader?.take(unwrapInboundIn(data))
    if isWaitingForContinue, reader?.answer.interim ?? 0 > 0 { startBody(context) }
    if let leavesAfter = turn?.leavesAfter, let seen = reader?.answer.bodyCount, seen >= leavesAfter {
      return end(.open, context)
    }
    if reader?.isDone == true { turnEnded(context) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case .some(.inputClosed) = event as? ChannelEvent else { return }
    isInputClosed = true
    end(.fin, context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    wasReset = true
    end(.reset, context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(wasReset || !isInputClosed ? .reset : .fin, context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) { pump(context) }

  // MARK: Turns

  private var turn: ProbeTurn? { answers.count < turns.count ? turns[answers.count] : nil }

  private func sendTurn(_ context: ChannelHandlerContext) {
    guard !isFinished, let turn else { return }
    reader = AnswerReader(isHead: turn.isHead)
    unsent = turn.bodyBytes
    isWaitingForContinue = turn.waitsForContinue && turn.bodyBytes > 0
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: turn.head)), promise: nil)
    if isWaitingForContinue {
      after(Self.continueWait, context) { [self] in startBody(context) }
    } else {
      pump(context)
    }
  }

  private func startBody(_ context: ChannelHandlerContext) {
    guard isWaitingForContinue, !isFinished, reader?.isDone == false else { return }
    isWaitingForContinue = false
    pump(context)
  }

  private func pump(_ context: ChannelHandlerContext) {
    guard !isWaitingForContinue else { return }
    while unsent > 0, !isFinished, context.channel.isWritable {
      let count = min(unsent, Self.piece.readableBytes)
      guard let slice = Self.piece.getSlice(at: 0, length: count) else { return }
      unsent -= count
      context.writeAndFlush(wrapOutboundOut(slice), promise: nil)
    }
  }

  /// The response is whole: on to the next turn where the connection allows it, else listen for what does not belong.
  private func turnEnded(_ context: ChannelHandlerContext) {
    guard !isFinished, var ended = reader else { return }
    if answers.count + 1 < turns.count, unsent == 0, !isClosing(ended.answer) {
      answers.append(ended.finish(.open))
      reader = nil
      return after(.milliseconds(Int64(turn?.pause ?? 0)), context) { [self] in sendTurn(context) }
    }
    unsent = 0
    after(Self.quietTime, context) { [self] in end(.open, context) }
  }

  private func isClosing(_ answer: Answer) -> Bool {
    answer.value("connection")?.lowercased().contains("close") == true || answer.status == 101
  }

  private func end(_ end: Answer.End, _ context: ChannelHandlerContext) {
    guard !isFinished else { return }
    isFinished = true
    for timer in timers { timer.cancel() }
    timers = []
    if var reader { answers.append(reader.finish(end)) }
    done.succeed(answers)
    context.close(promise: nil)
  }

  private func after(_ time: TimeAmount, _ context: ChannelHandlerContext, _ work: @escaping () -> Void) {
    timers.append(
      context.eventLoop.assumeIsolated().scheduleTask(in: time) { [self] in
        if !isFinished { work() }
      })
  }
}
