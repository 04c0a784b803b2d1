/// What became of the alerts of one webhook, since the start.
public struct AlertCounters: Equatable, Sendable {
  /// Messages that got a 2xx.
  public var delivered: UInt64 = 0
  /// Messages that the receiver refused for good.
  public var refused: UInt64 = 0
  /// Events that were lost because too many waited, or because a reload removed the webhook.
  public var dropped: UInt64 = 0
  /// Events whose hour was over.
  public var expired: UInt64 = 0
  /// Events that others made needless before they were sent.
  public var cancelled: UInt64 = 0
  /// Tries that failed.
  public var failedTries: UInt64 = 0
  /// Events that wait, those of the message on its way included.
  public var waiting = 0

  mutating func add(_ other: AlertCounters) {
    delivered += other.delivered
    refused += other.refused
    dropped += other.dropped
    expired += other.expired
    cancelled += other.cancelled
    failedTries += other.failedTries
    waiting += other.waiting
  }
}
