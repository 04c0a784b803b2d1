/// Which endpoint answers 5xx so much more often than its peers that it is the odd one.
///
/// An endpoint is judged against the others, itself left out: their mean less 1.9 of their standard deviations (the
/// factor is Envoy's `success_rate_stdev_factor` of 1900/1000). Envoy takes mean and deviation over all endpoints, the
/// odd one included, and an outlier among n can then be at most √(n−1) deviations away: 1 for two endpoints, 1.73 for
/// four. That is why it wants five. Left out of its own measure, one of two can be judged too; since few peers say
/// little of how rates scatter, `gapMin` must separate them as well. Where all fail alike, because a database is down,
/// the mean falls with them and nobody is ejected.
enum SuccessRates {
  static let deviations = 1.9
  /// Answers of an endpoint in its window, below which it is neither judged nor a measure: Envoy's
  /// `success_rate_request_volume`.
  static let answersMin: UInt64 = 100
  /// How far below the others a rate must be, whatever their deviation: 30 percentage points.
  static let gapMin = 0.3

  struct Outlier: Equatable {
    var endpoint: Int
    var own: Double
    var others: Double
  }

  /// - Parameter windows: of the endpoints that are available; nil for the others.
  /// - Returns: those far below their peers, the lowest first.
  static func outliers(_ windows: [RateWindow?]) -> [Outlier] {
    let rates = windows.enumerated().compactMap { index, window in
      window.flatMap { $0.answers >= answersMin ? (index: index, rate: $0.successRate) : nil }
    }
    guard rates.count > 1 else { return [] }
    let sum = rates.reduce(0) { $0 + $1.rate }
    let squares = rates.reduce(0) { $0 + $1.rate * $1.rate }
    let peers = Double(rates.count - 1)
    var found: [Outlier] = []
    for (index, rate) in rates {
      let mean = (sum - rate) / peers
      let variance = max(0, (squares - rate * rate) / peers - mean * mean)
      guard mean - rate >= gapMin, rate < mean - deviations * variance.squareRoot() else { continue }
      found.append(Outlier(endpoint: index, own: rate, others: mean))
    }
    return found.sorted { $0.own < $1.own }
  }
}
