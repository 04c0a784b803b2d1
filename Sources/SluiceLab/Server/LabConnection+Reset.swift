internal import NIOCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

extension LabConnection {
  /// Closes with a reset instead of a FIN: what SO_LINGER with a time of zero asks the kernel for.
  func reset(_ context: ChannelHandlerContext) {
    isEnding = true
    afterFlush(context) { [self] in
      guard let socket = context.channel as? any SocketOptionProvider else { return closeNow(context) }
      let discard = linger(l_onoff: 1, l_linger: 0)
      socket.setSoLinger(discard).assumeIsolated().whenComplete { [self] _ in closeNow(context) }
    }
  }
}
