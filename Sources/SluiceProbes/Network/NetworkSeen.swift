public import SluiceIncidents

/// What looking at an endpoint from the network gave: parts of an examination.
///
/// A part is nil where an earlier one left nothing to look at (no address to connect to, no connection to ask on).
public struct NetworkSeen: Equatable, Sendable {
  public var resolution: Seen<ResolutionSeen>?
  public var connections: Seen<[ConnectionSeen]>?
  public var handshake: Seen<HandshakeSeen>?
  public var responses: Seen<[ResponseSeen]>?
  public var keepAlive: Seen<KeepAliveSeen>?

  public init() {}
}

extension Examination {
  /// Takes the parts over.
  public mutating func take(_ seen: NetworkSeen) {
    resolution = seen.resolution
    connections = seen.connections
    handshake = seen.handshake
    responses = seen.responses
    keepAlive = seen.keepAlive
  }
}
