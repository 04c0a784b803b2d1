internal import SluiceCore

/// When a failed alert is tried again: exponential with full jitter, and not before the receiver's `Retry-After`.
enum Backoff {
  /// - Parameters:
  ///   - tries: tries that failed so far, at least 1.
  ///   - random: any number; it chooses evenly between nothing and the longest pause after so many tries.
  static func pause(tries: Int, retryAfter: TimeSpan?, random: UInt64) -> TimeSpan {
    var longest = AlertLimits.firstPause.nanoseconds
    for _ in 1..<max(tries, 1) where longest < AlertLimits.longestPause.nanoseconds { longest *= 2 }
    longest = min(longest, AlertLimits.longestPause.nanoseconds)
    let share = random.multipliedFullWidth(by: UInt64(longest) + 1).high
    let jittered = TimeSpan(nanoseconds: Int64(share))
    // What a receiver asks for is bounded by the life of an alert.
    guard let retryAfter else { return jittered }
    return max(jittered, min(retryAfter, AlertLimits.age))
  }
}
