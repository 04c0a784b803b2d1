/// Whether failures, or slowness, began with a change: counts before and after it, and a test on them.
public struct ChangeTest: Equatable, Sendable, Codable {
  public enum Measure: String, Equatable, Sendable, Codable, CaseIterable {
    case failures
    case latency
  }

  public enum Outcome: String, Equatable, Sendable, Codable, CaseIterable {
    /// It is worse since the change and was not before.
    case began
    /// It was as bad before.
    case beganBefore
    /// It is worse, but that began minutes after the change.
    case beganLater
    /// No difference that chance does not explain.
    case noDifference
    case tooFew
  }

  public struct Sample: Equatable, Sendable, Codable {
    public var requests: Int
    public var failures: Int
    /// Median of the time to the response head; nil: not measured.
    public var medianMs: Double?
    /// Length of the time that was looked at.
    public var spanMs: Double

    public init(requests: Int, failures: Int, medianMs: Double?, spanMs: Double) {
      self.requests = requests
      self.failures = failures
      self.medianMs = medianMs
      self.spanMs = spanMs
    }
  }

  public var change: Change
  public var measure: Measure
  public var outcome: Outcome
  public var before: Sample
  public var after: Sample
  /// 1 - p of the stated test, between 0 and 1; nil: none was made.
  public var confidence: Double?
  /// End of the last part with a failure since the change, as Unix time in milliseconds.
  public var lastFailureAt: Int64?
  /// Requests since then.
  public var requestsSinceFailure = 0
  /// Its name, as in `Fisher exact, one-sided`.
  public var test: String
  /// The numbers, as the end of a sentence.
  public var reason: String

  public init(
    change: Change, measure: Measure, outcome: Outcome, before: Sample, after: Sample, test: String, reason: String
  ) {
    self.change = change
    self.measure = measure
    self.outcome = outcome
    self.before = before
    self.after = after
    self.test = test
    self.reason = reason
  }
}
