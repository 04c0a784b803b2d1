internal import NIOCore

/// Stands below TLS and keeps the first bytes that the endpoint sent, until the handshake is over: what they look like
/// tells a port without TLS from one that speaks it badly.
final class FirstTLSBytes: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  /// Bytes that are kept.
  static let countMax = 512

  private(set) var bytes = ByteBuffer()
  /// All that have arrived.
  private(set) var count = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let arrived = unwrapInboundIn(data)
    count += arrived.readableBytes
    if bytes.readableBytes < Self.countMax {
      bytes.writeBytes(arrived.readableBytesView.prefix(Self.countMax - bytes.readableBytes))
    }
    context.fireChannelRead(data)
  }
}
