import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite("Whether responses take longer since a change")
struct LatencyTestTests {
  private static let runs: UInt64 = 200

  private func share(
    _ outcome: ChangeTest.Outcome, _ parts: ClosedRange<Int>, requests: Int, latency: @escaping (Int) -> Double
  ) -> Double {
    let hits = (0..<Self.runs).filter { seed in
      var traffic = Traffic(seed: seed)
      let counts = traffic.counts(parts, requests: requests, rate: { _ in 0 }, latency: latency)
      return LatencyTest.test(Traffic.change, counts, until: Traffic.end)?.outcome == outcome
    }
    return Double(hits.count) / Double(Self.runs)
  }

  @Test("twice as long is found")
  func doubled() {
    #expect(share(.began, -60...6, requests: 20) { $0 >= 0 ? 40 : 20 } >= 0.99)
    #expect(share(.began, -60...12, requests: 3) { $0 >= 0 ? 40 : 20 } >= 0.95)
  }

  @Test("the same, or a fifth more, is no difference")
  func same() {
    #expect(share(.noDifference, -60...12, requests: 20) { _ in 20 } == 1)
    #expect(share(.noDifference, -60...12, requests: 20) { $0 >= 0 ? 24 : 20 } == 1)
  }

  @Test("slowness that began half a minute before, or minutes later, is not the change's")
  func elsewhere() {
    #expect(share(.beganBefore, -60...12, requests: 20) { $0 >= -4 ? 60 : 20 } >= 0.98)
    #expect(share(.beganLater, -60...50, requests: 20) { $0 >= 16 ? 60 : 20 } >= 0.98)
  }

  @Test("few responses are too few, and none say nothing")
  func few() {
    var traffic = Traffic(seed: 1)
    let counts = traffic.counts(-1...1, requests: 10, rate: { _ in 0 })
    #expect(LatencyTest.test(Traffic.change, counts, until: Traffic.end)?.outcome == .tooFew)
    #expect(LatencyTest.test(Traffic.change, [], until: Traffic.end) == nil)
  }

  @Test("the sentence has both medians")
  func reason() throws {
    var traffic = Traffic(seed: 3)
    let counts = traffic.counts(-10...10, requests: 50, rate: { _ in 0 }) { $0 >= 0 ? 80 : 20 }
    let test = try #require(LatencyTest.test(Traffic.change, counts, until: Traffic.end))
    #expect(test.reason.hasPrefix("over 99.99 % by the Mann-Whitney test: half of 500 responses took "))
    #expect((test.after.medianMs ?? 0) > 3 * (test.before.medianMs ?? 1_000))
  }
}
