internal import NIOCore
internal import SluiceCore
internal import SluiceGateway
internal import SluiceIncidents

/// The handler of a connection: it moves bytes, ends and times into the dialogue, and answers out of it. On one loop.
final class Conversation: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Dialogue {
    case http1(HTTP1Dialogue)
    case http2(HTTP2Dialogue)
  }

  private let channel: any Channel
  private let session: DirectTLS.Session?
  private var dialogue: Dialogue
  private var end: ProbeEnd?
  private var endedAt = 0.0
  private var answered: ((ProbeAnswer) -> Void)?
  private var watched: ((_ isOpen: Bool) -> Void)?
  private var timeout: Scheduled<Void>?

  init(_ channel: any Channel, _ dialogue: Dialogue, _ session: DirectTLS.Session? = nil) {
    self.channel = channel
    self.dialogue = dialogue
    self.session = session
  }

  /// - Parameter completion: called once.
  func ask(_ question: ProbeQuestion, _ limit: Duration, _ completion: @escaping (ProbeAnswer) -> Void) {
    let now = ProbeClock.milliseconds()
    let bytes: [UInt8]
    switch dialogue {
    case .http1(var machine):
      bytes = machine.ask(question, at: now)
      dialogue = .http1(machine)
    case .http2(var machine):
      bytes = machine.ask(question, at: now)
      dialogue = .http2(machine)
    }
    answered = completion
    if end == nil { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }
    // What came before may be the answer: who greets does not speak HTTP.
    received([])
    guard answered != nil else { return }
    if end != nil { return tellEnd() }
    let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
    timeout = channel.eventLoop.scheduleTask(in: .milliseconds(Int64(limit.milliseconds))) { bound.value.timedOut() }
  }

  /// - Parameter completion: called once, with how long the connection was open.
  func watch(for span: Duration, _ completion: @escaping (Double?) -> Void) {
    let start = ProbeClock.milliseconds()
    if end != nil { return completion(max(endedAt - start, 0)) }
    let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
    let limit = channel.eventLoop.scheduleTask(in: .milliseconds(Int64(span.milliseconds))) {
      bound.value.stopWatching(isOpen: true)
    }
    watched = { isOpen in
      limit.cancel()
      completion(isOpen ? nil : ProbeClock.milliseconds() - start)
    }
  }

  func close() {
    timeout?.cancel()
    channel.close(promise: nil)
  }

  // MARK: What comes

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received(Array(unwrapInboundIn(data).readableBytesView))
  }

  private func received(_ bytes: [UInt8]) {
    let now = ProbeClock.milliseconds()
    switch dialogue {
    case .http1(var machine):
      let answer = machine.received(bytes, at: now)
      dialogue = .http1(machine)
      if let answer { tell(answer) }
    case .http2(var machine):
      let answer = machine.received(bytes, at: now)
      let output = machine.takeOutput()
      dialogue = .http2(machine)
      if !output.isEmpty { channel.writeAndFlush(ByteBuffer(bytes: output), promise: nil) }
      if machine.isOver { stopWatching() }
      if let answer { tell(answer) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if end == nil { end = session?.cause(of: error).map { .explained($0) } ?? .reset }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end = end ?? .closed
    endedAt = ProbeClock.milliseconds()
    tellEnd()
    stopWatching()
  }

  private func tellEnd() {
    guard let end else { return }
    let now = ProbeClock.milliseconds()
    switch dialogue {
    case .http1(var machine):
      let answer = machine.ended(end, at: now)
      dialogue = .http1(machine)
      if let answer { tell(answer) }
    case .http2(var machine):
      let answer = machine.ended(end, at: now)
      dialogue = .http2(machine)
      if let answer { tell(answer) }
    }
  }

  private func timedOut() {
    let now = ProbeClock.milliseconds()
    switch dialogue {
    case .http1(var machine):
      let answer = machine.timedOut(at: now)
      dialogue = .http1(machine)
      if let answer { tell(answer) }
    case .http2(var machine):
      let answer = machine.timedOut(at: now)
      dialogue = .http2(machine)
      if let answer { tell(answer) }
    }
  }

  private func tell(_ answer: ProbeAnswer) {
    timeout?.cancel()
    let completion = answered
    answered = nil
    completion?(answer)
  }

  private func stopWatching(isOpen: Bool = false) {
    let completion = watched
    watched = nil
    completion?(isOpen)
  }
}
