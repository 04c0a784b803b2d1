internal import Glibc

/// Fisher's exact test, one-sided: how likely it is that so many of the failures, or more, fell behind the change by
/// chance alone, whatever the rate is (R. A. Fisher, "The Design of Experiments", 1935). It holds for small counts too.
package enum FisherExact {
  /// - Returns: the probability (p), between 0 and 1; 1 where there is nothing to compare.
  package static func probability(failedBefore: Int, of before: Int, failedAfter: Int, of after: Int) -> Double {
    guard before > 0, after > 0, (0...before).contains(failedBefore), (0...after).contains(failedAfter) else {
      return 1
    }
    let (total, failed) = (before + after, failedBefore + failedAfter)
    let most = min(after, failed)
    let all = logChoices(total, after)
    var sum = 0.0
    for count in failedAfter...most {
      let term = exp(logChoices(failed, count) + logChoices(total - failed, after - count) - all)
      sum += term
      // The terms only shrink behind the expected number.
      if term < 1e-18 * sum, Double(count) > Double(after) * Double(failed) / Double(total) { break }
    }
    return min(sum, 1)
  }

  /// Of the number of ways to choose `count` of `total`; minus infinity where there is none.
  private static func logChoices(_ total: Int, _ count: Int) -> Double {
    guard count >= 0, count <= total else { return -.infinity }
    return logFactorial(total) - logFactorial(count) - logFactorial(total - count)
  }

  private static func logFactorial(_ number: Int) -> Double {
    var sign: Int32 = 0
    return lgamma_r(Double(number) + 1, &sign)
  }
}
