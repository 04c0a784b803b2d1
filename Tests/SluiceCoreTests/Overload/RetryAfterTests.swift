import SluiceCore
import Testing

@Suite struct RetryAfterTests {
  private static let randoms: [UInt64] = [0, 1 << 40, .max / 4, .max / 2, .max / 4 * 3, .max]

  @Test(arguments: [(0, 100.0, 1, 2), (50, 100, 1, 2), (300, 100, 3, 4), (1000, 100, 10, 15), (10, 4, 3, 4)])
  func itIsTheTimeInWhichTheQueueDrainsAndUpToHalfMore(_ waiting: Int, _ pace: Double, _ least: Int, _ most: Int) {
    let seconds = Self.randoms.map { RetryAfter.seconds(waiting: waiting, servedPerSecond: pace, random: $0) }
    #expect(seconds.min() == least)
    #expect(seconds.max() == most)
  }

  @Test func whatIsNotKnownIsTheShortestAndWhatStandsStillTheLongest() {
    for random in Self.randoms {
      #expect(1...2 ~= RetryAfter.seconds(waiting: 1000, servedPerSecond: nil, random: random))
      #expect(40...60 ~= RetryAfter.seconds(waiting: 1, servedPerSecond: 0, random: random))
      #expect(40...60 ~= RetryAfter.seconds(waiting: .max, servedPerSecond: 0.001, random: random))
    }
  }

  /// Those who are refused together do not come back together.
  @Test func clientsAreSpread() {
    var random = SplitMix64(seed: 1)
    var counts: [Int: Int] = [:]
    for _ in 0..<6000 {
      counts[RetryAfter.seconds(waiting: 1000, servedPerSecond: 100, random: random.next()), default: 0] += 1
    }
    #expect(counts.keys.sorted() == Array(10...15))
    for (seconds, count) in counts { #expect(800...1200 ~= count, "\(seconds) s") }
  }

  @Test func aBucketsTimeIsRoundedUp() {
    #expect(RetryAfter.seconds(until: .milliseconds(1)) == 1)
    #expect(RetryAfter.seconds(until: .seconds(2)) == 2)
    #expect(RetryAfter.seconds(until: .milliseconds(2001)) == 3)
    #expect(RetryAfter.seconds(until: .zero) == 1)
    #expect(RetryAfter.seconds(until: .unlimited) == 60)
  }
}
