internal import NIOCore
internal import NIOPosix
internal import SluiceConfiguration

/// One non-blocking connect on the worker's loop, with a handler of ours from the start where there is one.
enum UpstreamBootstrap {
  /// Both closures run on the worker's loop.
  static func connect(
    to address: SocketAddress, handler: (any ChannelHandler)?, worker: Worker,
    made: @escaping (any Channel) -> Void,
    completion: @escaping (Result<any Channel, any Error>) -> Void
  ) {
    let bound = NIOLoopBound((handler, made), eventLoop: worker.loop)
    let ended = NIOLoopBound(completion, eventLoop: worker.loop)
    let receiveBuffer = ChannelOptions.Types.SocketOption.Value(worker.snapshot.shared.configuration.receiveBuffer)
    ClientBootstrap(group: worker.loop)
      // Ours is counted by the connector, for each address.
      .connectTimeout(.hours(24))
      .channelOption(.maxMessagesPerRead, value: 1)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer)
      .channelOption(.writeBufferWaterMark, value: Watermarks.both)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let (handler, made) = bound.value
          if let handler { try channel.pipeline.syncOperations.addHandler(handler) }
          made(channel)
        }
      }
      .connect(to: address)
      .assumeIsolated()
      .whenComplete { ended.value($0) }
  }
}

/// How many bytes may wait in a socket's write queue before the other side is paused, and when it goes on.
enum Watermarks {
  static let both = ChannelOptions.Types.WriteBufferWaterMark(low: 32 << 10, high: 128 << 10)
}
