import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite("Whether failures began with a change")
struct FailureTestTests {
  private static let runs: UInt64 = 400

  /// How many of the runs end so.
  private func share(
    _ outcome: ChangeTest.Outcome, _ parts: ClosedRange<Int>, requests: Int, rate: @escaping (Int) -> Double
  ) -> Double {
    let hits = (0..<Self.runs).filter { seed in
      var traffic = Traffic(seed: seed)
      let counts = traffic.counts(parts, requests: requests, rate: rate)
      return FailureTest.test(Traffic.change, counts, until: Traffic.end).outcome == outcome
    }
    return Double(hits.count) / Double(Self.runs)
  }

  @Test(
    "where nothing changed the change is blamed in fewer than one of a hundred cases",
    arguments: [(2, 0.05), (20, 0.01), (20, 0.3), (100, 0.005)])
  func falseBlame(_ requests: Int, _ rate: Double) {
    #expect(share(.began, -60...12, requests: requests) { _ in rate } <= 0.01)
  }

  @Test(
    "failures that began half a minute before are not blamed on the change",
    arguments: [(20, 0.5, -4), (20, 0.2, -6), (5, 1.0, -4), (100, 0.1, -4), (20, 1.0, -40)])
  func before(_ requests: Int, _ rate: Double, _ start: Int) {
    let rates: (Int) -> Double = { $0 >= start ? rate : 0.002 }
    #expect(share(.began, -60...12, requests: requests, rate: rates) <= 0.02)
    #expect(share(.beganBefore, -60...12, requests: requests, rate: rates) >= 0.95)
  }

  @Test(
    "what began with the change is found, of so many requests in ten seconds and so many parts since",
    arguments: [(20, 0.01, 0.1, 12), (20, 0, 1.0, 1), (2, 0, 0.5, 12), (100, 0.02, 0.06, 12), (5, 0.05, 0.5, 6)])
  func power(_ requests: Int, _ before: Double, _ after: Double, _ since: Int) {
    #expect(share(.began, -60...since, requests: requests) { $0 >= 0 ? after : before } >= 0.95)
  }

  @Test("what began minutes later is not the change's")
  func later() {
    let rates: (Int) -> Double = { $0 >= 30 ? 0.5 : 0.002 }
    #expect(share(.beganLater, -60...50, requests: 20, rate: rates) >= 0.95)
    #expect(share(.began, -60...50, requests: 20, rate: rates) <= 0.01)
  }

  @Test("a rate that was as high before is said to have been")
  func asBad() {
    #expect(share(.beganBefore, -60...12, requests: 20) { _ in 0.5 } >= 0.95)
  }

  @Test("the sentence has the numbers and the confidence")
  func reason() {
    var traffic = Traffic(seed: 1)
    let counts = traffic.counts(-10...10, requests: 50) { $0 >= 0 ? 1 : 0 }
    let test = FailureTest.test(Traffic.change, counts, until: Traffic.end)
    #expect(test.outcome == .began)
    #expect(
      test.reason
        == "over 99.99 % by Fisher's exact test: 0 of 500 requests failed before, 500 of 500 since")
    #expect(test.test == "Fisher exact, one-sided")
    // The part with the change belongs to neither side.
    #expect(test.before.spanMs == 100_000 && test.after.spanMs == 100_000)
  }

  @Test("a difference that is sure and does not matter is none, and few requests are too few")
  func bounds() {
    let small = [
      count(-1, requests: 2_000_000, failures: 1_000), count(1, requests: 2_000_000, failures: 1_300),
    ]
    #expect(FailureTest.test(Traffic.change, small, until: Traffic.end).outcome == .noDifference)
    let few = [count(-1, requests: 9, failures: 0), count(1, requests: 900, failures: 900)]
    let test = FailureTest.test(Traffic.change, few, until: Traffic.end)
    #expect(test.outcome == .tooFew && test.confidence == nil)
    #expect(FailureTest.test(Traffic.change, [], until: Traffic.end).outcome == .tooFew)
  }

  private func count(_ part: Int, requests: Int, failures: Int) -> TrafficCount {
    TrafficCount(
      time: Traffic.changeTime - 5_000 + Int64(part) * Traffic.span, span: Traffic.span, upstream: "api",
      endpoint: nil, requests: requests, gatewayFailures: failures)
  }
}
