internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOSSL

/// A connection to the admin address: what comes before the first request where the address speaks TLS.
struct AdminChannel<Base: ServerChildChannel>: ServerChildChannel {
  /// After which a handshake that is not over ends the connection.
  static var handshakeTime: TimeAmount { .seconds(10) }

  let base: Base
  let entrance: AdminEntrance
  let refused: AdminListener.Refused

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
    let (entrance, refused) = (entrance, refused)
    let opened = channel.eventLoop.makeCompletedFuture {
      guard let context = entrance.admit(channel) else { return }
      let (first, tls) = (PlainHTTPRefusal(), NIOSSLServerHandler(context: context))
      let handshake = AdminHandshake(first, tls, within: Self.handshakeTime, refused)
      try channel.pipeline.syncOperations.addHandlers([first, tls, handshake])
    }
    return opened.flatMap { base.setup(channel: channel, logger: logger) }
  }

  func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
