internal import NIOCore

/// Stands in front of TLS until the first byte: who speaks plain HTTP there is told so, in plain HTTP.
final class PlainHTTPRefusal: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// The first byte of a TLS connection is the type of a handshake record (RFC 8446 section 5.1).
  private static let handshakeRecord: UInt8 = 0x16
  private static let sentence = "The admin address speaks TLS: ask with https://\n"
  private static let answer =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
    + "Content-Length: \(sentence.utf8.count)\r\nConnection: close\r\n\r\n\(sentence)"

  private var isOver = false
  /// Whether a handshake has begun: one that connects, says nothing and leaves only looked whether somebody listens.
  private(set) var isTLS = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isTLS { return context.fireChannelRead(data) }
    let bytes = unwrapInboundIn(data)
    guard !isOver, let first = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self) else { return }
    isOver = true
    if first == Self.handshakeRecord {
      isTLS = true
      context.fireChannelRead(data)
      return context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
    // Behind it nothing is written any more: the TLS handler never hears of this connection.
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: Self.answer))).whenComplete { _ in
      bound.value.close(promise: nil)
    }
  }
}
