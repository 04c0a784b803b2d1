internal import Glibc
internal import SluiceIncidents

/// Whether responses take longer since a change, and whether that began with it.
///
/// All times of up to ten minutes on each side are compared by the Mann-Whitney test at the level of 1 %. With many
/// requests the smallest difference is sure, so the median has to grow by half. When it began is estimated over the
/// medians of the parts, by their logarithms: slowness multiplies.
enum LatencyTest {
  static let name = "Mann-Whitney U, one-sided"
  static let level = 0.01
  /// Responses that there are to be on each side.
  static let timesMin = 20
  /// To how many times what it was the median has to grow.
  static let growthMin = 1.5
  /// And by how many milliseconds: below, nobody waits.
  static let riseMin = 5.0
  /// A bucket's width as a logarithm: medians are known no better.
  private static let grain = 0.25

  /// - Parameters:
  ///   - counts: in the order of time.
  ///   - end: Unix time in milliseconds until which is looked.
  /// - Returns: nil where no response was timed.
  static func test(_ change: Change, _ counts: [TrafficCount], until end: Int64) -> ChangeTest? {
    let around = TrafficAround(change, counts, until: end)
    var test = ChangeTest(
      change: change, measure: .latency, outcome: .tooFew, before: TrafficAround.sample(around.before),
      after: TrafficAround.sample(around.after), test: name, reason: "")
    let (before, after) = (TrafficAround.times(around.before), TrafficAround.times(around.after))
    guard let medianBefore = before.median, let medianAfter = after.median else { return nil }
    let numbers =
      "half of \(before.count) responses took \(Shown.duration(medianBefore)) or more before, "
      + "half of \(after.count) \(Shown.duration(medianAfter)) or more since"
    guard before.count >= timesMin, after.count >= timesMin else {
      test.reason = "\(numbers); \(timesMin) responses on each side are needed"
      return test
    }
    let probability = MannWhitney.probability(before, after)
    test.confidence = 1 - probability
    let isSlower = medianAfter >= growthMin * medianBefore && medianAfter - medianBefore >= riseMin
    guard probability < level, isSlower else {
      test.outcome = .noDifference
      test.reason = numbers
      return test
    }
    let parts = around.all.filter { $0.times.count > 0 }
    let point = ChangePoint(
      levels: parts.map { log(max($0.times.median ?? 0, 0.001)) }, weights: parts.map { Double($0.times.count) },
      grain: grain)
    FailureTest.judge(&test, point.map { TrafficAround(change, parts, until: end).beginning($0, change) }, numbers)
    return test
  }
}
