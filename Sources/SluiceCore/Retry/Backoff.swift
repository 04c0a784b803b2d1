/// The pause before an endpoint is asked again that has just failed: exponential, with full jitter, so that those who
/// failed together do not come back together.
public enum Backoff {
  /// Upper end of the first pause.
  public static let first = TimeSpan.milliseconds(25)
  /// Upper end of any pause.
  public static let longest = TimeSpan.milliseconds(250)

  /// - Parameters:
  ///   - attempts: attempts made, at least 1.
  ///   - random: fresh random bits.
  /// - Returns: between nothing and the upper end, which doubles with each attempt.
  public static func pause(afterAttempts attempts: Int, random: UInt64) -> TimeSpan {
    let doublings = min(max(attempts - 1, 0), 16)
    let end = min(first.nanoseconds << Int64(doublings), longest.nanoseconds)
    return TimeSpan(nanoseconds: Int64(random.multipliedFullWidth(by: UInt64(end) + 1).high))
  }
}
