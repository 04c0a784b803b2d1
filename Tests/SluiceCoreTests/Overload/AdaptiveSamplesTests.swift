import SluiceCore
import Testing

@Suite struct AdaptiveSamplesTests {
  private func latency(_ values: [Int64]) -> Double? {
    var samples = AdaptiveSamples()
    for value in values { samples.add(.microseconds(value), sentAt: Instant(nanoseconds: 0), hadWaited: false) }
    return samples.latency.map { $0 / 1000 }
  }

  @Test func theMeanIsTheGeometricOne() throws {
    #expect(latency([]) == nil)
    #expect(near(latency([4000]), 4000, within: 1))
    // √(1000 × 4000) = 2000.
    #expect(near(latency([1000, 4000]), 2000, within: 180))
    // One in a hundred that takes five hundred times as long moves it by the hundredth root of that.
    let many = try #require(latency(Array(repeating: 1000, count: 99) + [500_000]))
    #expect(1.0...1.1 ~= many / 1000)
    // What delays all of them moves it as much.
    #expect(near(latency(Array(repeating: 3000, count: 99) + [1_500_000]), 3 * many, within: 0.27 * many))
  }

  @Test func workersAreAddedUp() throws {
    var first = AdaptiveSamples()
    var second = AdaptiveSamples()
    for _ in 0..<3 { first.add(.milliseconds(1), sentAt: Instant(nanoseconds: 0), hadWaited: true) }
    for _ in 0..<5 { second.add(.milliseconds(1), sentAt: Instant(nanoseconds: 0), hadWaited: false) }
    #expect(first.isSaturated && !second.isSaturated)
    first.merge(second)
    #expect(first.count == 8 && first.waited == 3)
    #expect(!first.isSaturated)
    #expect(near(first.latency, 1e6, within: 1000))
  }

  @Test func whatTakesNoTimeOrWasSentBeforeDoesNotCount() {
    var samples = AdaptiveSamples(epoch: 1, since: Instant(nanoseconds: 100))
    samples.add(.milliseconds(1), sentAt: Instant(nanoseconds: 99), hadWaited: false)
    samples.add(.zero, sentAt: Instant(nanoseconds: 100), hadWaited: false)
    samples.add(TimeSpan(nanoseconds: -5), sentAt: Instant(nanoseconds: 100), hadWaited: false)
    #expect(samples.isEmpty && !samples.isSaturated)
    samples.add(.milliseconds(1), sentAt: Instant(nanoseconds: 100), hadWaited: false)
    #expect(samples.count == 1)
  }

  private func near(_ value: Double?, _ wanted: Double, within tolerance: Double) -> Bool {
    value.map { abs($0 - wanted) < tolerance } ?? false
  }
}
