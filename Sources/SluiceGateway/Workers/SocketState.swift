internal import Glibc
internal import NIOCore

/// What is asked of a socket beyond reading and writing.
enum SocketState {
  /// TCP_INFO: anything but ESTABLISHED must not be used for a new request. A Unix socket has no such state.
  static func isEstablished(_ channel: any Channel) -> Bool {
    if channel.remoteAddress?.protocol == .unix { return true }
    guard let provider = channel as? any SocketOptionProvider else { return true }
    // The answer is there at once: we are on the channel's loop.
    var isEstablished = true
    provider.getTCPInfo().assumeIsolated().whenSuccess { isEstablished = $0.tcpi_state == UInt8(TCP_ESTABLISHED) }
    return isEstablished
  }

  /// The close that follows sends RST instead of FIN.
  static func resetOnClose(_ channel: any Channel) {
    let linger = linger(l_onoff: 1, l_linger: 0)
    guard let provider = channel as? any SocketOptionProvider else { return }
    provider.setSoLinger(linger).assumeIsolated().whenFailure { _ in }
  }
}
