internal import SluiceCore
internal import Testing

@Suite struct IdleAgesTests {
  private static let start = Instant(nanoseconds: 5_000_000_000)

  @Test func nothingIsProvenAtFirst() {
    let ages = IdleAges()
    #expect(ages.proven(Self.start) == .zero)
    #expect(ages.limit(Self.start) == .unlimited)
  }

  @Test func whatWasSeenOpenIsProvenLessAFifth() {
    var ages = IdleAges()
    ages.sawOpen(after: .milliseconds(1000))
    ages.sawOpen(after: .milliseconds(10))
    #expect(ages.proven(Self.start) == .milliseconds(800))
  }

  @Test func aCloseHalvesWhatIsProven() {
    var ages = IdleAges()
    ages.sawOpen(after: .seconds(4))
    ages.sawClosed(after: .milliseconds(50), at: Self.start)
    #expect(ages.proven(Self.start) == .milliseconds(25))
    // Later only what was seen open since counts.
    #expect(ages.proven(Self.start + IdleAges.memory) == .milliseconds(40))
    ages.sawOpen(after: .seconds(2))
    #expect(ages.proven(Self.start + IdleAges.memory) == .milliseconds(1600))
  }

  @Test func oneCloseIsNoTimeout() {
    var ages = IdleAges()
    ages.sawClosed(after: .milliseconds(50), at: Self.start)
    #expect(ages.limit(Self.start) == .unlimited)
  }

  @Test func closesOfOneMomentAreNoTimeout() {
    var ages = IdleAges()
    for age in [Int64(900), 880, 860] { ages.sawClosed(after: .milliseconds(age), at: Self.start) }
    #expect(ages.limit(Self.start) == .unlimited)
  }

  @Test func closesOfAnyAgeAreNoTimeout() {
    var ages = IdleAges()
    for (second, age) in [Int64(900), 100, 2000, 300].enumerated() {
      ages.sawClosed(after: .milliseconds(age), at: Self.start + .seconds(Int64(second)))
    }
    #expect(ages.limit(Self.start + .seconds(4)) == .unlimited)
  }

  @Test func closesThatAgreeAreATimeout() {
    var ages = IdleAges()
    ages.sawClosed(after: .milliseconds(55), at: Self.start)
    let later = Self.start + .seconds(1)
    ages.sawClosed(after: .milliseconds(50), at: later)
    #expect(ages.limit(later) == .milliseconds(40))
    // The endpoint may have been restarted with another one.
    #expect(ages.limit(later + IdleAges.memory) == .unlimited)
  }

  /// An endpoint with a timeout, seen through idle times of all lengths: a request that may not be repeated never meets
  /// the close.
  @Test(arguments: [Int64(5), 50, 120, 2000, 5000], [UInt64(1), 2, 3])
  func aConnectionThatIsYoungByProofIsOpen(timeout: Int64, seed: UInt64) {
    var pool = EndpointPool(idleLimit: .seconds(4))
    var random = SplitMix64(seed: seed)
    var now = Self.start
    var reused = 0
    for _ in 0..<2000 {
      guard case .connect(let id) = pool.lease(at: now, rule: .fresh) else { continue }
      pool.connected(id, at: now)
      guard case .keep(let until) = pool.release(id, keepAlive: nil, at: now) else {
        pool.closed(id)
        continue
      }
      let idle = TimeSpan.microseconds(Int64(random.next() % UInt64(timeout * 1500)))
      let closes = now + .milliseconds(timeout)
      let next = now + idle
      if until <= next, until < closes {
        pool.idleLimitReached(id, at: until)
        pool.closed(id)
      } else if closes <= next {
        pool.closedByPeer(id, at: closes)
      }
      now = next
      if case .reuse(let same, _, _, _) = pool.lease(at: now, rule: .proven) {
        #expect(same == id && now < closes)
        reused += 1
        pool.closed(same)
      } else {
        pool.closed(id)
      }
    }
    #expect(reused > 100, "the pool was of no use")
  }
}
