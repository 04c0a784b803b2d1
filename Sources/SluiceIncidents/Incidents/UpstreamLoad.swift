/// How busy the upstream was, over all workers.
public struct UpstreamLoad: Equatable, Sendable, Codable {
  /// Requests under way at the upstream, and how many may be at that moment: what the configuration allows, or less
  /// where the limit adapts.
  public var requests: Int
  public var requestsMax: Int
  /// Requests that waited for their turn, and how many may.
  public var queued: Int
  public var queueMax: Int
  /// Connections to the upstream, and how many may be.
  public var connections: Int
  public var connectionsMax: Int
  /// What kept the request waiting or refused it: `configured` or `adaptive`. nil: it had its turn at once.
  public var heldBackBy: String?
  /// Waiting requests that got their turn in a second, over the last seconds.
  public var servedPerSecond: Double?
  /// Why the adaptive limit was what it was, such as `fell`. nil: the limit does not adapt.
  public var adaptiveReason: String?
  /// What the adaptive limit takes for the time of an answer without a queue.
  public var latencyWithoutQueueMs: Double?

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
