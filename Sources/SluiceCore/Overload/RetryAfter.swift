/// When a client that was refused does well to come back.
public enum RetryAfter {
  /// Seconds. Less would be no wait at all (RFC 9110 section 10.2.3 knows whole seconds only).
  public static let secondsMin = 1
  /// Seconds. Nobody knows what a queue does beyond a minute.
  public static let secondsMax = 60
  /// Seconds that a queue is said to need at most: what is added to spread clients stays below `secondsMax`.
  static let drainSecondsMax = 40.0

  /// The time in which the queue that stands now will have drained at its present pace, and up to half as much more, so
  /// that those who are refused together do not come back together.
  ///
  /// - Parameters:
  ///   - waiting: Requests that wait now.
  ///   - servedPerSecond: As `QueuePace` has it. nil: not known, so the shortest time.
  ///   - random: Fresh random bits.
  /// - Returns: Seconds, `secondsMin...secondsMax`.
  public static func seconds(waiting: Int, servedPerSecond: Double?, random: UInt64) -> Int {
    guard let servedPerSecond, waiting > 0 else { return spread(Double(secondsMin), random) }
    guard servedPerSecond > 0 else { return spread(drainSecondsMax, random) }
    return spread(Double(waiting) / servedPerSecond, random)
  }

  /// The time until a token bucket has a token again: whole seconds, rounded up.
  public static func seconds(until span: TimeSpan) -> Int {
    let (whole, rest) = max(span.nanoseconds, 0).quotientAndRemainder(dividingBy: 1_000_000_000)
    return min(max(Int(clamping: whole) + (rest > 0 ? 1 : 0), secondsMin), secondsMax)
  }

  private static func spread(_ seconds: Double, _ random: UInt64) -> Int {
    let least = min(max(seconds, Double(secondsMin)), drainSecondsMax)
    let chance = Double(random >> 11) / Double(UInt64(1) << 53)
    // At least one second more for half of them: the field has no smaller ones.
    let more = (chance * (max(least / 2, 1).rounded(.down) + 1)).rounded(.down)
    return min(Int(least.rounded(.up) + more), secondsMax)
  }
}
