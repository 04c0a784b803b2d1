/// What a lab has seen so far.
public struct LabCounts: Sendable, Equatable {
  /// Connections accepted since the start.
  public var connectionsOpened = 0
  /// Connections open now.
  public var connectionsOpen = 0
  /// Connections that were closed at once because `LabLimits.connections` were open.
  public var connectionsRefused = 0
  /// Request heads read.
  public var requests = 0
  /// Request heads read, by path without the query.
  public var requestsByPath: [String: Int] = [:]
  /// Request bodies read to their end (requests without a body are not counted).
  public var bodies = 0
  /// Bytes of request bodies, framing not counted.
  public var bodyBytes = 0
  /// Requests by the value of their Idempotency-Key.
  public var idempotencyKeys: [String: Int] = [:]

  public init() {}
}
