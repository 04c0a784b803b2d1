internal import SluiceCore

/// What is tried again, and when: exponential with full jitter, and not before the receiver's `Retry-After`.
struct RetryRule: Sendable {
  /// Statuses after which the same message may be taken.
  var statuses: [ClosedRange<Int>]
  /// The pause after the first failed try is at most this; after each further one at most twice as long.
  var firstPause: TimeSpan
  var longestPause: TimeSpan
  /// The longest that a receiver may ask for: the life of what is sent.
  var age: TimeSpan

  /// Webhooks are of all kinds: what may pass is tried again.
  static let alerts = RetryRule(
    statuses: [408...408, 425...425, 429...429, 500...599], firstPause: AlertLimits.firstPause,
    longestPause: AlertLimits.longestPause, age: AlertLimits.age)
  /// OTLP allows another try after four statuses only ("OTLP/HTTP Response").
  static let spans = RetryRule(
    statuses: [429...429, 502...504], firstPause: SpanLimits.firstPause, longestPause: SpanLimits.longestPause,
    age: SpanLimits.age)

  func isWorthAnotherTry(_ status: Int) -> Bool { statuses.contains { $0.contains(status) } }

  /// - Parameters:
  ///   - tries: tries that failed so far, at least 1.
  ///   - random: any number; it chooses evenly between nothing and the longest pause after so many tries.
  func pause(tries: Int, retryAfter: TimeSpan?, random: UInt64) -> TimeSpan {
    var longest = firstPause.nanoseconds
    for _ in 1..<max(tries, 1) where longest < longestPause.nanoseconds { longest *= 2 }
    longest = min(longest, longestPause.nanoseconds)
    let share = random.multipliedFullWidth(by: UInt64(longest) + 1).high
    let jittered = TimeSpan(nanoseconds: Int64(share))
    guard let retryAfter else { return jittered }
    return max(jittered, min(retryAfter, age))
  }
}
