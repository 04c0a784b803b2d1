public import NIOCore

/// The bounds of a lab or built-in origin.
public struct LabLimits: Sendable {
  /// Connections open at once, all listeners together; one more is closed as soon as it is accepted.
  public var connections = 4096
  /// The longest request head, in bytes; a longer one closes the connection.
  public var headBytes = 256 * 1024
  /// The longest request body, in bytes; a longer one closes the connection.
  public var bodyBytes = 1 << 30
  /// What waits unread behind an unfinished exchange before reading pauses, in bytes.
  public var pipelinedBytes = 64 * 1024
  /// The most that an endless response sends, in bytes.
  public var endlessBytes = 1 << 30
  /// How long a connection may stay open without a request.
  public var idle = TimeAmount.seconds(75)
  /// How long one exchange may take, stalls included.
  public var exchange = TimeAmount.minutes(10)
  /// How long a connection that we ended waits for the peer's own end.
  public var linger = TimeAmount.seconds(2)
  /// Distinct paths and idempotency keys that are counted; what comes after them counts as `other`.
  public var distinctKeys = 4096

  public init() {}
}
