/// The time that is left for looks one after the other.
struct Course: Sendable {
  private let endMs: Double

  init(_ whole: Duration) { endMs = ProbeClock.milliseconds() + whole.milliseconds }

  /// The limit, or what is left of the whole where that is less; never nothing, so that a look can say that it was
  /// late.
  func limit(_ limits: Duration...) -> Duration {
    let left = max(endMs - ProbeClock.milliseconds(), 10)
    return min(.microseconds(Int64(left * 1000)), limits.min() ?? .zero)
  }
}
