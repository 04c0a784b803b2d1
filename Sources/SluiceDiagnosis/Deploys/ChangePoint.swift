internal import Glibc

/// Where a series becomes worse, by maximum likelihood: the place that splits it into two constant parts, the second
/// one higher, so that what was seen is likeliest (D. V. Hinkley, Biometrika 57, 1970).
struct ChangePoint {
  /// How much less likely than the best place (as a difference of log-likelihoods) a place may be that still counts as
  /// one where it may have begun: about a 95 % interval.
  static let tolerance = 2.0

  /// The likeliest first element of the second part.
  var best: Int
  /// All that are nearly as likely, `best` included.
  var plausible: [Int]

  /// Of the likelihood of each first element of the second part; minus infinity where the second part is not higher.
  ///
  /// - Returns: nil where no place makes the second part higher.
  private init?(_ likelihoods: [Double]) {
    guard let highest = likelihoods.max(), highest > -.infinity else { return nil }
    guard let best = likelihoods.firstIndex(of: highest) else { return nil }
    self.best = best
    plausible = likelihoods.indices.filter { likelihoods[$0] >= highest - Self.tolerance }
  }

  /// A part of failures, each request being independent of the others.
  init?(failures: [Int], of requests: [Int]) {
    let (failedAll, all) = (failures.reduce(0, +), requests.reduce(0, +))
    var (failed, count) = (0, 0)
    var likelihoods: [Double] = []
    for (index, part) in failures.enumerated() {
      let (before, after) = (Self.rate(failed, count), Self.rate(failedAll - failed, all - count))
      let isHigher = count > 0 && all > count && after > before
      likelihoods.append(
        isHigher ? Self.logLikelihood(failed, count) + Self.logLikelihood(failedAll - failed, all - count) : -.infinity)
      failed += part
      count += requests[index]
    }
    self.init(likelihoods)
  }

  /// Levels with noise of the same unknown size everywhere, each with a weight.
  ///
  /// - Parameter grain: how exactly a level is known: noise is not taken for smaller.
  init?(levels: [Double], weights: [Double], grain: Double) {
    let count = Double(levels.count)
    var likelihoods: [Double] = []
    for index in levels.indices {
      let (before, after) = (
        Self.spread(levels, weights, 0..<index), Self.spread(levels, weights, index..<levels.count)
      )
      guard let before, let after, after.mean > before.mean else {
        likelihoods.append(-.infinity)
        continue
      }
      let noise = max((before.squares + after.squares) / weights.reduce(0, +), grain * grain / 12)
      likelihoods.append(-count / 2 * log(noise))
    }
    self.init(likelihoods)
  }

  private static func rate(_ failed: Int, _ count: Int) -> Double { count > 0 ? Double(failed) / Double(count) : 0 }

  /// Of so many failures at the rate that makes them likeliest.
  private static func logLikelihood(_ failed: Int, _ count: Int) -> Double {
    guard failed > 0, failed < count else { return 0 }
    let rate = rate(failed, count)
    return Double(failed) * log(rate) + Double(count - failed) * log(1 - rate)
  }

  private static func spread(
    _ levels: [Double], _ weights: [Double], _ range: Range<Int>
  ) -> (mean: Double, squares: Double)? {
    let weight = range.reduce(0) { $0 + weights[$1] }
    guard weight > 0 else { return nil }
    let mean = range.reduce(0) { $0 + weights[$1] * levels[$1] } / weight
    return (mean, range.reduce(0) { $0 + weights[$1] * (levels[$1] - mean) * (levels[$1] - mean) })
  }
}
