public import SluiceIncidents

/// Times to the head of a response in milliseconds, each within a quarter of what it was; nil: there was none.
public struct LatencyDocument: Codable, Equatable, Sendable {
  public var p50: Double?
  public var p90: Double?
  public var p99: Double?

  public init(_ times: LatencyHistogram) {
    p50 = Self.rounded(times.quantile(0.5))
    p90 = Self.rounded(times.quantile(0.9))
    p99 = Self.rounded(times.quantile(0.99))
  }

  /// To a hundredth of a millisecond: more is not known.
  private static func rounded(_ time: Double?) -> Double? { time.map { ($0 * 100).rounded() / 100 } }
}
