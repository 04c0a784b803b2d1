/// Whether a request is within its rate limit.
public enum RateDecision: Sendable, Equatable {
  case allowed
  /// The bucket is empty; it has a token again after this.
  case limited(until: TimeSpan)
}
