internal import NIOCore
internal import SluiceCore

/// A client's connection as its worker sees it, whatever protocol it speaks.
protocol DownstreamConnection: ChannelInboundHandler {
  var listener: ListenerState { get }
  /// What is asked from now on is the last; a client that asks nothing until `limit` is left.
  func drain(until limit: Instant)
  /// Cuts the connection and what is under way on it.
  func closeNow()
  /// One connection more than the listener allows: told so, and closed.
  func refuseConnection()
}
