internal import NIOCore
internal import NIOSSL

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

extension ChannelHandlerContext {
  /// The place below TLS: what is closed from there is closed without a close_notify, and without waiting for the
  /// peer's. On plain TCP it is this place.
  var belowTLS: ChannelHandlerContext {
    (try? pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)) ?? self
  }

  /// Closes with a reset instead of a FIN: what SO_LINGER with a time of zero asks the kernel for.
  func closeWithReset() {
    guard let socket = channel as? any SocketOptionProvider else { return belowTLS.close(mode: .all, promise: nil) }
    let discard = linger(l_onoff: 1, l_linger: 0)
    socket.setSoLinger(discard).assumeIsolated().whenComplete { [self] _ in
      belowTLS.close(mode: .all, promise: nil)
    }
  }
}
