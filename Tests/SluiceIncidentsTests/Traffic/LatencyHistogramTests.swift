import Testing

@testable import SluiceIncidents

@Suite("Times in buckets")
struct LatencyHistogramTests {
  @Test("every time is within its bucket, and no bucket is wider than a quarter of where it begins")
  func buckets() {
    for time in [0, 1, 63, 64, 255, 256, 999, 1_000, 65_535, 1_000_000, 59_999_999, Int32.max] {
      let index = LatencyBuckets.index(microseconds: time)
      #expect(index < LatencyBuckets.count)
      #expect(LatencyBuckets.lowerBound(index) <= Double(time) / 1000)
      #expect(Double(time) / 1000 < LatencyBuckets.lowerBound(index + 1))
    }
    for index in 4..<LatencyBuckets.count {
      let (start, end) = (LatencyBuckets.lowerBound(index), LatencyBuckets.lowerBound(index + 1))
      #expect(end > start && end - start <= start / 4 + 1e-9)
    }
    #expect(LatencyBuckets.index(microseconds: -5) == 0)
  }

  private func histogram(_ times: [Int32]) -> LatencyHistogram {
    var counter = TrafficCounter()
    for time in times { counter.add(.fine, firstByte: time) }
    return LatencyHistogram(counter)
  }

  @Test("the median is within its bucket")
  func median() throws {
    #expect(histogram([]).median == nil)
    #expect(histogram([-1]).median == nil)
    let median = try #require(histogram([900] + Array(repeating: 20_000, count: 98) + [Int32.max]).median)
    #expect((18.0...22.0).contains(median))
  }

  @Test("two together are as if all had been counted in one")
  func sum() {
    let (first, second): ([Int32], [Int32]) = ([100, 5_000, 5_001, 90_000], [50, 5_002, 1_000_000])
    var together = histogram(first)
    together.add(histogram(second))
    #expect(together == histogram(first + second))
    #expect(together.count == 7)
    together.add(LatencyHistogram())
    #expect(together == histogram(first + second))
  }

  @Test("what is stored comes back, and other bytes are refused")
  func encoding() throws {
    var counter = TrafficCounter()
    for number in 0..<40_000 { counter.add(.fine, firstByte: Int32(number % 7) * 10_000) }
    let histogram = LatencyHistogram(counter)
    #expect(LatencyHistogram(encoded: histogram.encoded) == histogram)
    #expect(LatencyHistogram(encoded: []) == LatencyHistogram())
    for bytes: [UInt8] in [[5], [5, 0x80], [96, 1], [5, 1, 5, 1], [5, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]] {
      #expect(LatencyHistogram(encoded: bytes) == nil)
    }
  }

  @Test("a counter tells who failed")
  func counter() {
    var counter = TrafficCounter()
    counter.add(.fine, firstByte: 1_000)
    counter.add(.gatewayFailed, firstByte: -1)
    counter.add(.applicationFailed, firstByte: 2_000)
    var twice = counter
    twice.add(counter)
    let count = TrafficCount(twice, time: 10_000, span: 10_000, upstream: "api", endpoint: nil)
    #expect(count.requests == 6 && count.gatewayFailures == 2 && count.applicationFailures == 2)
    #expect(count.failures == 4 && count.times.count == 4 && count.end == 20_000)
  }
}
