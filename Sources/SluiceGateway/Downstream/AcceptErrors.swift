internal import NIOCore
internal import SluiceCore

/// Without a descriptor left, accepting pauses for a moment instead of spinning on a socket that stays readable.
final class AcceptErrors: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private let worker: WorkerHandle

  static let pause = TimeAmount.milliseconds(100)

  init(_ worker: WorkerHandle) { self.worker = worker }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let channel = context.channel
    try? channel.syncOptions?.setOption(.autoRead, value: false)
    worker.run { $0.reportAcceptError("\(error)") }
    context.eventLoop.scheduleTask(in: Self.pause) {
      channel.setOption(.autoRead, value: true).whenComplete { _ in }
    }
  }
}
