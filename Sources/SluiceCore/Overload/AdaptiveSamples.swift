/// What one worker saw of an upstream since it last told: two additions for each answer, no lock.
///
/// The mean that is kept is the geometric one. Queueing delays every answer and moves it; a few slow answers among many
/// do not, as they would the arithmetic mean. The bit pattern of a positive floating-point number grows like its
/// logarithm (piecewise linear between powers of two), so a sum of patterns stands for a product of numbers.
public struct AdaptiveSamples: Sendable, Equatable {
  /// The limit under which they were taken, by `AdaptiveLimit.epoch`.
  public var epoch: UInt32
  /// Attempts that were sent earlier still saw the load of the limit before, and do not count.
  public var since: Instant
  public private(set) var count: UInt32 = 0
  /// Of these, how many had waited for their permit.
  public private(set) var waited: UInt32 = 0
  private var patterns: UInt64 = 0

  public init(epoch: UInt32 = 0, since: Instant = Instant(nanoseconds: .min)) {
    self.epoch = epoch
    self.since = since
  }

  public var isEmpty: Bool { count == 0 }

  /// - Parameters:
  ///   - latency: From the request having been sent to the head of the response.
  ///   - sentAt: When the attempt began.
  ///   - hadWaited: For a permit.
  public mutating func add(_ latency: TimeSpan, sentAt: Instant, hadWaited: Bool) {
    guard sentAt >= since, latency > .zero, count < .max else { return }
    count += 1
    waited += hadWaited ? 1 : 0
    // The lower half of the pattern is noise here, and 2^32 upper halves fit into the sum.
    patterns += Double(latency.nanoseconds).bitPattern >> 32
  }

  /// Takes over what another worker saw under the same limit.
  public mutating func merge(_ other: AdaptiveSamples) {
    count += other.count
    waited += other.waited
    patterns += other.patterns
  }

  /// The geometric mean in nanoseconds; nil without an answer.
  public var latency: Double? {
    count > 0 ? Double(bitPattern: (patterns / UInt64(count)) << 32) : nil
  }

  /// Half of them or more waited: the limit is what holds the traffic back, and the upstream is as busy as it allows.
  public var isSaturated: Bool { count > 0 && waited >= count - waited }
}
