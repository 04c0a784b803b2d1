internal import SluiceIncidents

/// Whether requests fail more often since a change, and whether that began with it.
///
/// # Why this way
/// The counts of up to ten minutes on each side are compared by Fisher's exact test at the level of 1 %. A difference
/// that is sure need not matter, so the rate has to double or to rise by a point. And a difference does not say when it
/// began: the beginning is estimated over the parts of ten seconds, and failures that began before the change are not
/// its doing, however much they grew.
///
/// # Not handled here
/// Failures that come in bursts are not independent, and the test is surer of them than it should be. What began
/// within the ten seconds of the change counts as having begun with it.
enum FailureTest {
  static let name = "Fisher exact, one-sided"
  /// The probability below which chance is ruled out.
  static let level = 0.01
  /// Requests that there are to be on each side.
  static let requestsMin = 10
  /// Failures that there are to be since the change.
  static let failuresMin = 3
  /// The rate has to grow to so many times what it was, or by so much.
  static let growthMin = 2.0
  static let riseMin = 0.01

  /// - Parameters:
  ///   - counts: in the order of time.
  ///   - end: Unix time in milliseconds until which is looked.
  static func test(_ change: Change, _ counts: [TrafficCount], until end: Int64) -> ChangeTest {
    let around = TrafficAround(change, counts, until: end)
    var test = ChangeTest(
      change: change, measure: .failures, outcome: .tooFew, before: TrafficAround.sample(around.before),
      after: TrafficAround.sample(around.after), test: name, reason: "")
    test.lastFailureAt = around.after.last { $0.failures > 0 }?.end
    test.requestsSinceFailure = around.after.reversed().prefix { $0.failures == 0 }.reduce(0) { $0 + $1.requests }
    let (before, after) = (test.before, test.after)
    guard before.requests >= requestsMin, after.requests >= requestsMin else {
      test.reason =
        "\(numbers(before, after)); \(requestsMin) requests on each side are needed"
      return test
    }
    let probability = FisherExact.probability(
      failedBefore: before.failures, of: before.requests, failedAfter: after.failures, of: after.requests)
    test.confidence = 1 - probability
    let (rateBefore, rateAfter) = (rate(before), rate(after))
    let isWorse = rateAfter >= growthMin * rateBefore || rateAfter - rateBefore >= riseMin
    guard probability < level, isWorse, after.failures >= failuresMin else {
      // As many failures on both sides: whatever it is was there already.
      let isAsBad = after.failures >= failuresMin && rateAfter >= riseMin && rateBefore >= rateAfter / growthMin
      test.outcome = isAsBad ? .beganBefore : .noDifference
      test.reason = isAsBad ? "\(numbers(before, after)): they failed before as well" : numbers(before, after)
      return test
    }
    let point = ChangePoint(failures: around.all.map(\.failures), of: around.all.map(\.requests))
    judge(&test, point.map { around.beginning($0, change) }, numbers(before, after))
    return test
  }

  /// What the beginning makes of a difference that is sure.
  static func judge(_ test: inout ChangeTest, _ beginning: Beginning?, _ numbers: String) {
    let sure = "\(Confidence.shown(test.confidence)) by \(test.measure == .failures ? fisher : mannWhitney): \(numbers)"
    switch beginning {
    case .atChange:
      test.outcome = .began
      test.reason = sure
    case .before(let milliseconds):
      test.outcome = .beganBefore
      test.reason = "\(numbers); it began \(Shown.duration(Double(milliseconds))) before the change"
    case .later(let milliseconds):
      test.outcome = .beganLater
      test.reason = "\(numbers); it began \(Shown.duration(Double(milliseconds))) after the change"
    case nil:
      test.outcome = .noDifference
      test.reason = numbers
    }
  }

  private static let fisher = "Fisher's exact test"
  private static let mannWhitney = "the Mann-Whitney test"

  private static func rate(_ sample: ChangeTest.Sample) -> Double {
    sample.requests > 0 ? Double(sample.failures) / Double(sample.requests) : 0
  }

  private static func numbers(_ before: ChangeTest.Sample, _ after: ChangeTest.Sample) -> String {
    "\(before.failures) of \(Shown.count(before.requests, "request", "requests")) failed before, "
      + "\(after.failures) of \(after.requests) since"
  }
}
