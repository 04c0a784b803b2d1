internal import Synchronization

/// The counts of the last hour, minute by minute, so that a page can say what came lately.
public final class CountHistory: Sendable {
  /// Milliseconds that it goes back.
  public static let span: Int64 = 3_600_000
  /// Between two samples.
  public static let interval = Duration.seconds(60)
  /// Samples that are kept: an hour, and one at its beginning.
  public static let samplesMax = 61

  private let samples = Mutex<[CountSample]>([])

  public init() {}

  public func note(_ sample: CountSample) {
    samples.withLock { samples in
      samples.append(sample)
      if samples.count > Self.samplesMax { samples.removeFirst(samples.count - Self.samplesMax) }
    }
  }

  /// What came within the last hour, as far as there are samples of it; nil: there are none.
  ///
  /// - Returns: the counts, with the time from which on they are counted.
  func lately(_ now: CountSample) -> (counts: CountSample, from: Int64)? {
    // A sample is seldom exactly an hour old; the interval is what it may be older.
    let oldest = now.time - Self.span - Self.interval.components.seconds * 1000
    guard let first = samples.withLock({ $0.first { $0.time >= oldest } }) else { return nil }
    return (now.since(first), first.time)
  }
}
