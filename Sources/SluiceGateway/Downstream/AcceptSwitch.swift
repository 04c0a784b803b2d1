internal import NIOCore
internal import SluiceCore

/// Accepting on and off. Without a descriptor left it pauses for a moment instead of spinning on a socket that stays
/// readable.
final class AcceptSwitch: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private let worker: WorkerHandle
  private var channel: (any Channel)?
  private var isOn = false

  static let pause = TimeAmount.milliseconds(100)

  init(_ worker: WorkerHandle) { self.worker = worker }

  func handlerAdded(context: ChannelHandlerContext) { channel = context.channel }

  func handlerRemoved(context: ChannelHandlerContext) { channel = nil }

  func set(_ isOn: Bool) {
    self.isOn = isOn
    try? channel?.syncOptions?.setOption(.autoRead, value: isOn)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    try? channel?.syncOptions?.setOption(.autoRead, value: false)
    worker.run { $0.reportAcceptError("\(error)") }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    // Turned off meanwhile, it stays off: another process may be accepting by now.
    context.eventLoop.scheduleTask(in: Self.pause) { bound.value.set(bound.value.isOn) }
  }
}
