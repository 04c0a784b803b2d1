internal import SluiceCore

/// When what failed is tried again: exponential with full jitter, and not before the receiver's `Retry-After`.
enum Backoff {
  /// - Parameters:
  ///   - tries: tries that failed so far, at least 1.
  ///   - random: any number; it chooses evenly between nothing and the longest pause after so many tries.
  ///   - first: the longest pause after one try.
  ///   - most: the longest pause at all.
  ///   - age: the longest that a receiver may ask for: the life of what is sent.
  static func pause(
    tries: Int, retryAfter: TimeSpan?, random: UInt64, first: TimeSpan = AlertLimits.firstPause,
    most: TimeSpan = AlertLimits.longestPause, age: TimeSpan = AlertLimits.age
  ) -> TimeSpan {
    var longest = first.nanoseconds
    for _ in 1..<max(tries, 1) where longest < most.nanoseconds { longest *= 2 }
    longest = min(longest, most.nanoseconds)
    let share = random.multipliedFullWidth(by: UInt64(longest) + 1).high
    let jittered = TimeSpan(nanoseconds: Int64(share))
    guard let retryAfter else { return jittered }
    return max(jittered, min(retryAfter, age))
  }
}
