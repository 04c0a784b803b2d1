internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Stands behind the TLS handler until the handshake is over: tells how one failed, and ends one that takes too long.
final class AdminHandshake: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let first: PlainHTTPRefusal
  private let tls: NIOSSLServerHandler
  private let time: TimeAmount
  private let refused: AdminListener.Refused
  private var timer: Scheduled<Void>?
  private var isTold = false

  init(
    _ first: PlainHTTPRefusal, _ tls: NIOSSLServerHandler, within time: TimeAmount,
    _ refused: @escaping AdminListener.Refused
  ) {
    self.first = first
    self.tls = tls
    self.time = time
    self.refused = refused
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: time) {
      let (handshake, context) = bound.value
      handshake.tell(nil, context)
      context.channel.close(promise: nil)
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    context.fireUserInboundEventTriggered(event)
    guard case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent else { return }
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    tell(error, context)
    context.fireErrorCaught(error)
  }

  /// One connection is told of once.
  private func tell(_ error: (any Error)?, _ context: ChannelHandlerContext) {
    timer?.cancel()
    guard !isTold, first.isTLS else { return }
    isTold = true
    refused(error, context.remoteAddress, tls.peerCertificate)
  }
}
