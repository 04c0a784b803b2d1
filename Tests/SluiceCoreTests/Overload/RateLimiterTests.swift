import Testing

@testable import SluiceCore

@Suite struct RateLimiterTests {
  private static func limit(_ count: Int, _ period: TimeSpan = .seconds(1), burst: Int) -> RateLimit {
    RateLimit(count: count, period: period, burst: burst, key: .client)
  }

  private func at(_ milliseconds: Int64) -> Instant {
    Instant(nanoseconds: 5_000_000_000) + .milliseconds(milliseconds)
  }

  @Test func aBurstPassesAndThenTheRate() {
    var limiter = RateLimiter(Self.limit(10, burst: 3), buckets: 64)
    for _ in 0..<3 { #expect(limiter.take(1, at: at(0)) == .allowed) }
    #expect(limiter.take(1, at: at(0)) == .limited(until: .milliseconds(100)))
    #expect(limiter.take(1, at: at(60)) == .limited(until: .milliseconds(40)))
    #expect(limiter.take(1, at: at(100)) == .allowed)
    #expect(limiter.take(1, at: at(100)) == .limited(until: .milliseconds(100)))
    // A pause earns a burst and no more.
    for _ in 0..<3 { #expect(limiter.take(1, at: at(60_000)) == .allowed) }
    #expect(limiter.take(1, at: at(60_000)) != .allowed)
  }

  @Test func eachKeyHasABucketOfItsOwn() {
    var limiter = RateLimiter(Self.limit(1, burst: 1), buckets: 64)
    for key in 0..<8 as Range<UInt64> { #expect(limiter.take(key << 16, at: at(0)) == .allowed) }
    for key in 0..<8 as Range<UInt64> { #expect(limiter.take(key << 16, at: at(0)) != .allowed) }
  }

  @Test(arguments: [(100, TimeSpan.seconds(1)), (30, .seconds(60)), (5, .seconds(3600))])
  func overALongTimeExactlyTheRatePasses(_ count: Int, _ period: TimeSpan) {
    var limiter = RateLimiter(Self.limit(count, period, burst: count), buckets: 8)
    var passed = 0
    // Three times as many as allowed, over ten periods.
    let step = TimeSpan(nanoseconds: period.nanoseconds / Int64(3 * count))
    var now = at(0)
    for _ in 0..<(30 * count) {
      if limiter.take(9, at: now) == .allowed { passed += 1 }
      now = now + step
    }
    #expect((10 * count)...(11 * count) ~= passed)
  }

  /// Whoever makes up keys pushes out the fullest buckets, never one that is at its limit.
  @Test func aClientAtItsLimitIsNotForgottenForStrangers() {
    var limiter = RateLimiter(Self.limit(1, burst: 10), buckets: 128)
    for _ in 0..<10 { #expect(limiter.take(7 << 16, at: at(0)) == .allowed) }
    var random = SplitMix64(seed: 3)
    for _ in 0..<100_000 { _ = limiter.take(random.next(), at: at(0)) }
    #expect(limiter.take(7 << 16, at: at(0)) != .allowed)
    #expect(limiter.capacity == 128)
  }

  @Test func aFullBucketIsForgottenFirst() {
    var limiter = RateLimiter(Self.limit(10, burst: 10), buckets: 8)
    // One that will be full in 100 ms, seven that have half of their burst left.
    _ = limiter.take(0, at: at(0))
    for key in 1..<8 as Range<UInt64> {
      for _ in 0..<5 { _ = limiter.take(key, at: at(0)) }
    }
    _ = limiter.take(100, at: at(0))
    // The seven still owe what they owed.
    for key in 1..<8 as Range<UInt64> {
      for _ in 0..<5 { #expect(limiter.take(key, at: at(0)) == .allowed) }
      #expect(limiter.take(key, at: at(0)) != .allowed)
    }
  }

  @Test func aReloadChangesTheRateAndForgivesNothing() {
    var limiter = RateLimiter(Self.limit(1, burst: 2), buckets: 8)
    _ = limiter.take(1, at: at(0))
    _ = limiter.take(1, at: at(0))
    limiter.adopt(Self.limit(10, burst: 2))
    #expect(limiter.take(1, at: at(0)) != .allowed)
    #expect(limiter.take(1, at: at(1900)) == .allowed)
  }

  @Test func extremeLimitsDoNotOverflow() {
    var fast = RateLimiter(Self.limit(.max, .seconds(1), burst: .max), buckets: 8)
    var slow = RateLimiter(Self.limit(1, .unlimited, burst: .max), buckets: 8)
    for key in [0, .max] as [UInt64] {
      #expect(fast.take(key, at: at(0)) == .allowed)
      #expect(slow.take(key, at: at(0)) == .allowed)
    }
  }
}
