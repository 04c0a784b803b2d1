import NIOCore
import NIOPosix

/// A gateway that understands nothing: every connection becomes one to the lab, every byte passes, every end, too.
struct BlindRelay {
  private let listener: any Channel

  var port: Int { listener.localAddress?.port ?? 0 }

  static func start(to port: Int) async throws -> BlindRelay {
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.autoRead, value: false)
      .childChannelInitializer { downstream in
        let upstream = ClientBootstrap(group: downstream.eventLoop)
          .channelOption(.allowRemoteHalfClosure, value: true)
          .channelOption(.autoRead, value: false)
          .connect(host: "127.0.0.1", port: port)
        return upstream.flatMapThrowing { upstream in
          try downstream.pipeline.syncOperations.addHandler(Pass(to: upstream))
          try upstream.pipeline.syncOperations.addHandler(Pass(to: downstream))
          // The client's side reads once it is active, the lab's side at once.
          upstream.read()
        }
      }
    return BlindRelay(listener: try await bootstrap.bind(host: "127.0.0.1", port: 0).get())
  }

  func stop() async throws { try await listener.close() }

  /// Reads, writes what it read to the other side, and reads again once that is written.
  private final class Pass: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) { self.other = other }

    func channelActive(context: ChannelHandlerContext) {
      context.read()
      context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let channel = context.channel
      other.writeAndFlush(unwrapInboundIn(data)).whenComplete { _ in channel.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if case .some(.inputClosed) = event as? ChannelEvent { other.close(mode: .output, promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      let other = other
      if let socket = other as? any SocketOptionProvider {
        let discard = linger(l_onoff: 1, l_linger: 0)
        socket.setSoLinger(discard).whenComplete { _ in other.close(promise: nil) }
      } else {
        other.close(promise: nil)
      }
      context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }
  }
}
