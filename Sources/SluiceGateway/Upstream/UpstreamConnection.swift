internal import NIOCore
internal import SluiceCore

/// A connection to an endpoint as its pool and its worker see it, whatever protocol it speaks.
protocol UpstreamConnection: ChannelInboundHandler {
  var endpoint: EndpointState { get }
  var id: EndpointPool.ConnectionID { get }
  /// The other end; with port 0 for a Unix socket.
  var address: EndpointAddress { get }
  /// The endpoint's name no longer has this address: the present exchange is the last.
  var isObsolete: Bool { get }
  /// Reading was paused during the present exchange.
  var wasHeldBack: Bool { get }
  /// The endpoint can say of a request that it was not processed.
  var mayRefuse: Bool { get }
  /// What the kernel knows of an idle connection.
  var isAlive: Bool { get }

  /// Given to an attempt, out of rest.
  func begin(as id: EndpointPool.ConnectionID, for driver: ExchangeDriver) -> any UpstreamStream
  /// Unused until it is leased or `until` has come.
  func rest(until: Instant)
  func becomeObsolete()
  func closeIdle()
  /// The endpoint has closed the connection, or will: it is not used again.
  func closedByPeer(at now: Instant)
  func close()
}
