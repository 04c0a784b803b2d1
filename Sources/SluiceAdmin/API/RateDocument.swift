/// How often something happened, as numbers for a small chart.
public struct RateDocument: Codable, Equatable, Sendable {
  /// When the first of `counts` begins: Unix time in milliseconds.
  public var start: Int64
  /// Milliseconds of each.
  public var spanMs: Int64
  /// The oldest first; the last one is not over yet. Of a problem, those whose record is kept: in a storm less than
  /// all.
  public var counts: [Int64]

  public init(start: Int64, spanMs: Int64, counts: [Int64]) {
    self.start = start
    self.spanMs = spanMs
    self.counts = counts
  }
}
