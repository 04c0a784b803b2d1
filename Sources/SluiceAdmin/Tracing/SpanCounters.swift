/// What became of spans since the start.
public struct SpanCounters: Equatable, Sendable {
  /// Taken by the collector.
  public var exported: UInt64 = 0
  /// Refused by the collector: one by one, or with the whole request.
  public var rejected: UInt64 = 0
  /// Lost because too many waited, or because nothing was configured any more when they came.
  public var dropped: UInt64 = 0
  /// Lost because the collector could not be reached for `SpanLimits.age`, or until the end.
  public var expired: UInt64 = 0
  /// Exchanges that failed and would have been exported for that, if there had not been too many within a second.
  public var exchangesLeftOut: UInt64 = 0
  /// Requests that got their 2xx.
  public var requests: UInt64 = 0
  public var failedTries: UInt64 = 0
  /// Spans and their bytes that wait, those on their way included.
  public var waiting = 0
  public var waitingBytes = 0

  public init() {}

  mutating func add(_ other: SpanCounters) {
    exported += other.exported
    rejected += other.rejected
    dropped += other.dropped
    expired += other.expired
    exchangesLeftOut += other.exchangesLeftOut
    requests += other.requests
    failedTries += other.failedTries
    waiting += other.waiting
    waitingBytes += other.waitingBytes
  }
}
