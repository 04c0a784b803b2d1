internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Ends a connection of the admin address whose client keeps it waiting: one that does not send its request to the
/// end, or does not take its answer.
///
/// # Why this way
/// The library closes connections that have no request, and waits without limit while it has one: to read a body, and
/// to write an answer. Everything that holds a connection passes here, streams of events included, and a close makes
/// both waits fail at once.
///
/// Whether a client takes anything is told by parts that the kernel has taken and by what waits in the channel: a large
/// answer is one part, and a slow client may need minutes for it.
///
/// # Not handled here
/// Connections without a request (`AdminListener.idleTime`), and a listener to events that takes some and not enough
/// (`EventHub`).
final class ClientPatience: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let times: AdminTimes
  private var reading: Scheduled<Void>?
  private var taking: Scheduled<Void>?
  private var leaving: Scheduled<Void>?
  /// Whether an answer to the request that is read has begun.
  private var isAnswered = false
  /// Whether the answer under way is the last one of the connection.
  private var isLast = false
  /// Parts that were handed on and that the kernel has not taken, and those that it has.
  private var waiting = 0
  private var taken = 0
  /// The same at the last look, with the bytes that waited.
  private var seen = (taken: 0, bytes: 0)

  init(_ times: AdminTimes) { self.times = times }

  // MARK: The request

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      isAnswered = false
      reading?.cancel()
      reading = schedule(times.body, context) { $0.tooLate($1) }
    case .body: break
    case .end:
      reading?.cancel()
      reading = nil
    }
    context.fireChannelRead(data)
  }

  private func tooLate(_ context: ChannelHandlerContext) {
    reading = nil
    guard !isAnswered else { return context.close(promise: nil) }
    var head = HTTPResponse(status: .requestTimeout)
    head.headerFields[.contentLength] = "0"
    head.headerFields[.connection] = "close"
    pass(.head(head), context, nil)
    pass(.end(nil), context, nil)
    context.flush()
  }

  // MARK: The answer

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    pass(unwrapOutboundIn(data), context, promise)
  }

  private func pass(_ part: HTTPResponsePart, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
    let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
    var isEnd = false
    switch part {
    case .head(let head):
      isAnswered = true
      isLast = head.headerFields[.connection]?.lowercased() == "close"
    case .body: break
    case .end: isEnd = isLast
    }
    waiting += 1
    promise.futureResult.assumeIsolated().whenComplete { _ in
      self.wasTaken()
      if isEnd { self.leave(context) }
    }
    context.write(wrapOutboundOut(part), promise: promise)
    watch(context)
  }

  private func wasTaken() {
    waiting -= 1
    taken += 1
    guard waiting == 0 else { return }
    taking?.cancel()
    taking = nil
  }

  private func watch(_ context: ChannelHandlerContext) {
    guard taking == nil, waiting > 0, context.channel.isActive else { return }
    seen = (taken, Self.bytes(context))
    taking = schedule(times.taking, context) { $0.look($1) }
  }

  private func look(_ context: ChannelHandlerContext) {
    taking = nil
    guard taken != seen.taken || Self.bytes(context) < seen.bytes else { return context.close(promise: nil) }
    watch(context)
  }

  private static func bytes(_ context: ChannelHandlerContext) -> Int {
    (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }

  /// With what the client has sent unread, a close at once would be a reset, which can take the answer from it.
  private func leave(_ context: ChannelHandlerContext) {
    guard context.channel.isActive, leaving == nil else { return }
    context.close(mode: .output, promise: nil)
    leaving = schedule(times.farewell, context) { $1.close(promise: nil) }
  }

  // MARK: Timers

  private func schedule(
    _ time: TimeAmount, _ context: ChannelHandlerContext,
    _ body: @escaping (ClientPatience, ChannelHandlerContext) -> Void
  ) -> Scheduled<Void> {
    context.eventLoop.assumeIsolated().scheduleTask(in: time) { body(self, context) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stop() }

  private func stop() {
    for timer in [reading, taking, leaving] { timer?.cancel() }
    (reading, taking, leaving) = (nil, nil, nil)
  }
}
