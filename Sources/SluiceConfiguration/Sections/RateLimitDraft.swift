internal import SluiceCore

/// A rate limit as written.
struct RateLimitDraft {
  var rate: Rate?
  /// nil: the number of the rate.
  var burst: Int?
  var key = RateLimit.Key.client
}

/// Requests in a time.
struct Rate: Hashable {
  var count: Int
  var period: TimeSpan
}
