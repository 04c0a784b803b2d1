internal import Glibc
internal import SluiceIncidents

/// The test of Mann and Whitney (1947), one-sided: how likely it is that the times after the change are so much longer
/// than those before by chance alone. It compares ranks, so that a few very slow requests prove nothing.
///
/// Times in the same bucket are ties, for which the variance is corrected. The normal approximation holds from about
/// twenty times on each side.
enum MannWhitney {
  /// - Returns: the probability (p), between 0 and 1; 1 where there is nothing to compare.
  static func probability(_ before: LatencyHistogram, _ after: LatencyHistogram) -> Double {
    let (left, right) = (Double(before.count), Double(after.count))
    let total = left + right
    guard left > 0, right > 0 else { return 1 }
    var (first, second) = (before.entries[...], after.entries[...])
    var (below, larger, ties) = (0.0, 0.0, 0.0)
    while let next = [first.first?.bucket, second.first?.bucket].compactMap({ $0 }).min() {
      let own = first.first?.bucket == next ? Double(first.removeFirst().count) : 0
      let others = second.first?.bucket == next ? Double(second.removeFirst().count) : 0
      larger += others * (below + own / 2)
      below += own
      let tied = own + others
      ties += tied * tied * tied - tied
    }
    let variance = left * right / 12 * (total + 1 - ties / (total * max(total - 1, 1)))
    guard variance > 0 else { return 1 }
    let score = (larger - left * right / 2 - 0.5) / variance.squareRoot()
    return 0.5 * erfc(score / 2.0.squareRoot())
  }
}
