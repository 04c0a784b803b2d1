internal import NIOCore
internal import NIOSSL
internal import SluiceCore

/// A client's connection as its worker sees it, whatever protocol it speaks.
protocol DownstreamConnection: ChannelInboundHandler {
  var listener: ListenerState { get }
  var client: ClientFacts { get }
  var context: ChannelHandlerContext? { get }
  /// What is asked from now on is the last; a client that asks nothing until `limit` is left.
  func drain(until limit: Instant)
  /// Cuts the connection and what is under way on it.
  func closeNow()
  /// One connection more than the listener allows: told so, and closed.
  func refuseConnection()
}

extension DownstreamConnection {
  /// Closes the socket as it is. Nothing is said in TLS: close_notify would call a message whole that was cut
  /// (RFC 9112 section 9.8).
  func cut() {
    guard let context else { return }
    guard client.isSecure,
      let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
    else { return context.close(promise: nil) }
    // From here outwards: past the TLS handler.
    tls.close(promise: nil)
  }
}

extension Error {
  /// The peer's FIN came without close_notify.
  var isUncleanEnd: Bool { self as? NIOSSLError == .uncleanShutdown }
}
