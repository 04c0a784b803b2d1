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

/// Emptying a listening socket's queue before it is closed.
enum AcceptQueue {
  /// Turns of the loop after which closing goes on although clients still arrive.
  static let turnsMax = 256

  /// The socket is level-triggered: a turn of the loop in which nothing was accepted found the queue empty.
  static func drain(_ channel: any Channel, of worker: WorkerHandle) async {
    var accepted = UInt64.max
    for _ in 0..<turnsMax {
      guard let now = try? await worker.ask({ $0.counters.accepted }), now != accepted else { return }
      accepted = now
      // One turn for the poll, one for what it found.
      try? await channel.eventLoop.submit {}.get()
      try? await channel.eventLoop.submit {}.get()
    }
  }
}
