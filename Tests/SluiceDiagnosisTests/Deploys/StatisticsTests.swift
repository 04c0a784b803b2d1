import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite("Tests by which changes are judged")
struct StatisticsTests {
  private func isNear(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) <= 1e-9 + 1e-6 * abs(expected)
  }

  @Test("Fisher's exact test, against what can be counted by hand")
  func fisher() {
    // The tea of 1935: all four of four found, one way of 70; three of four or more, 17 of 70.
    #expect(isNear(FisherExact.probability(failedBefore: 0, of: 4, failedAfter: 4, of: 4), 1.0 / 70))
    #expect(isNear(FisherExact.probability(failedBefore: 1, of: 4, failedAfter: 3, of: 4), 17.0 / 70))
    // 5 of 5 after 0 of 5: one way of 252.
    #expect(isNear(FisherExact.probability(failedBefore: 0, of: 5, failedAfter: 5, of: 5), 1.0 / 252))
    #expect(isNear(FisherExact.probability(failedBefore: 3, of: 10, failedAfter: 0, of: 10), 1))
    #expect(FisherExact.probability(failedBefore: 0, of: 0, failedAfter: 4, of: 4) == 1)
    #expect(FisherExact.probability(failedBefore: 9, of: 4, failedAfter: 4, of: 4) == 1)
    let large = FisherExact.probability(failedBefore: 100, of: 1_000_000, failedAfter: 100, of: 1_000_000)
    #expect((0.5...0.6).contains(large))
  }

  private func histogram(_ times: [Int32]) -> LatencyHistogram {
    var counter = TrafficCounter()
    for time in times { counter.add(.fine, firstByte: time) }
    return LatencyHistogram(counter)
  }

  @Test("Mann and Whitney's test: ties alone say nothing, and order says all")
  func mannWhitney() {
    let (short, long) = (Array(repeating: Int32(1_000), count: 50), Array(repeating: Int32(9_000), count: 50))
    #expect(MannWhitney.probability(histogram(short), histogram(short)) == 1)
    #expect(MannWhitney.probability(histogram(short), histogram(long)) < 1e-15)
    #expect(MannWhitney.probability(histogram(long), histogram(short)) > 1 - 1e-15)
    // U = 12.5 of 25 by symmetry: half, less the correction for continuity.
    let even = MannWhitney.probability(histogram(short + long), histogram(short + long))
    #expect((0.5...0.51).contains(even))
    // Three against three without ties, all in order: U = 9, mean 4.5, variance 5.25, z = 1.7457.
    let ordered = MannWhitney.probability(histogram([1_000, 2_000, 4_000]), histogram([8_000, 16_000, 32_000]))
    #expect(abs(ordered - 0.04043) < 1e-4)
  }

  @Test("a change point is where the rate rises, and only there")
  func changePoint() throws {
    let requests = Array(repeating: 100, count: 20)
    let failures = Array(repeating: 1, count: 12) + Array(repeating: 30, count: 8)
    #expect(ChangePoint(failures: failures, of: requests)?.plausible == [12])
    #expect(ChangePoint(failures: failures.reversed(), of: requests)?.best != 8)
    #expect(ChangePoint(failures: Array(repeating: 0, count: 20), of: requests) == nil)
    #expect(ChangePoint(failures: [], of: []) == nil)
    let levels = Array(repeating: 1.0, count: 12) + Array(repeating: 2.0, count: 8)
    let point = try #require(ChangePoint(levels: levels, weights: requests.map(Double.init), grain: 0.25))
    #expect(point.plausible == [12])
  }

  @Test("confidence is cut off and never rounded up")
  func confidence() {
    #expect(Confidence.shown(0.99999) == "over 99.99 %")
    #expect(Confidence.shown(1) == "over 99.99 %")
    #expect(Confidence.shown(0.99899) == "99.89 %")
    #expect(Confidence.shown(0.999) == "99.9 %")
    #expect(Confidence.shown(0.9902) == "99.02 %")
    #expect(Confidence.shown(0.5) == "50 %")
    #expect(Confidence.shown(nil) == "unknown")
    #expect(Confidence.shown(.nan) == "unknown")
  }
}
