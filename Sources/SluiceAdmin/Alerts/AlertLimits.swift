internal import SluiceCore

/// The bounds on what alerts may take and do, for each webhook.
enum AlertLimits {
  /// Alerts that wait. Beyond it the oldest goes.
  static let waitingMax = 256
  /// Problems whose `persists` waits for its time.
  static let heldMax = 1_024
  /// Messages within a minute. What is more becomes one summary.
  static let perMinuteMax = 10
  static let minute = TimeSpan.seconds(60)
  /// From an alert's event to the end of its tries.
  static let age = TimeSpan.seconds(3600)
  /// One try, from the look-up of the name to the end of the response.
  static let tryTime = TimeSpan.seconds(10)
  /// The pause after the first failed try is at most this; after each further one at most twice as long.
  static let firstPause = TimeSpan.seconds(2)
  static let longestPause = TimeSpan.seconds(300)
  /// Problems that a summary names; the others are a number.
  static let summaryMax = 20
  /// Places of webhooks that are gone whose counters are kept.
  static let pastMax = 64
  /// Characters of one name in a text.
  static let nameMax = 200
}
