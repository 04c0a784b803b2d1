/// How busy the upstream was, over all workers.
public struct UpstreamLoad: Equatable, Sendable, Codable {
  /// Requests under way at the upstream, and how many may be.
  public var requests: Int
  public var requestsMax: Int
  /// Requests that waited for their turn, and how many may.
  public var queued: Int
  public var queueMax: Int
  /// Connections to the upstream, and how many may be.
  public var connections: Int
  public var connectionsMax: Int

  public init(
    requests: Int, requestsMax: Int, queued: Int, queueMax: Int, connections: Int, connectionsMax: Int
  ) {
    self.requests = requests
    self.requestsMax = requestsMax
    self.queued = queued
    self.queueMax = queueMax
    self.connections = connections
    self.connectionsMax = connectionsMax
  }
}
