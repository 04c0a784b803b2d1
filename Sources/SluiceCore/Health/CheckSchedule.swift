/// When an endpoint is checked. Each endpoint has its own rhythm, so that the checks of an upstream do not meet, nor
/// those of several gateways.
public enum CheckSchedule {
  /// By how much of its interval a check comes earlier or later than its turn.
  public static let jitterShare = 0.1

  /// Before the first check: anywhere within the interval.
  ///
  /// - Parameter random: fresh random bits.
  public static func first(interval: TimeSpan, random: UInt64) -> TimeSpan {
    scaled(interval, 0, 1, random)
  }

  /// From the beginning of a check to the next one: the interval, give or take `jitterShare`.
  public static func next(interval: TimeSpan, random: UInt64) -> TimeSpan {
    scaled(interval, 1 - jitterShare, 1 + jitterShare, random)
  }

  private static func scaled(_ span: TimeSpan, _ low: Double, _ high: Double, _ random: UInt64) -> TimeSpan {
    let share = Double(random >> 11) * 0x1p-53
    return TimeSpan(nanoseconds: Int64(Double(span.nanoseconds) * (low + (high - low) * share)))
  }
}
