public import SluiceDiagnosis

/// All failures of one cause.
public struct CauseCount: Equatable, Sendable, Codable {
  /// An identifier of `Cause`.
  public var cause: String
  public var who: String
  /// The least sure of them.
  public var sure: Sureness
  public var count: Int
  /// Of them, those that another endpoint made good.
  public var saved: Int
  /// Of them, those that failed for their client and not by it.
  public var failed: Int
  /// Status to count; `none` where no answer was given.
  public var statuses: [String: Int]
  /// Upstream or endpoint to count, the most frequent; the rest is not listed.
  public var upstreams: [String: Int]
  public var first: String?
  public var last: String?
  public var sample: LogSample
}
