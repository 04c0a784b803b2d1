internal import SluiceCore

/// How many exchanges of one worker are exported although they were not sampled. A storm of failures costs no more than
/// that; the others are a number.
struct LateBudget {
  /// Exchanges in a second.
  static let exchangesPerSecondMax = 100

  private var startedAt = Instant.never
  private var taken = 0

  mutating func take(at now: Instant) -> Bool {
    if startedAt == .never || now - startedAt >= .seconds(1) { (startedAt, taken) = (now, 0) }
    taken += 1
    return taken <= Self.exchangesPerSecondMax
  }
}
