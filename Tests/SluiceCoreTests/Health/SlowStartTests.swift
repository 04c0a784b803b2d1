import SluiceCore
import Testing

@Suite struct SlowStartTests {
  private static func balancer(_ policy: BalancePolicy, count: Int) -> Balancer {
    Balancer(policy: policy, endpoints: (0..<count).map { BalancedEndpoint(identity: UInt64($0) + 100) })
  }

  /// The share of picks that the endpoint gets, each request at its end before the next.
  private static func share(
    of endpoint: Int, in fixture: BoardFixture, _ balancer: inout Balancer, hash: Bool = false
  ) -> Double {
    var random = SplitMix64(seed: 7)
    var hits = 0
    for _ in 0..<8000 {
      let context = PickContext(random: random.next(), hash: hash ? random.next() : 0, at: fixture.now)
      guard case .picked(let index, _, .usual) = balancer.pick(context, within: fixture.view) else { continue }
      if index == endpoint { hits += 1 }
    }
    return Double(hits) / 8000
  }

  @Test(
    "The share of an endpoint that returns grows linearly, whatever chooses",
    arguments: [BalancePolicy.roundRobin, .leastRequest, .peakEWMA, .random])
  func growth(_ policy: BalancePolicy) {
    var fixture = BoardFixture(count: 2)
    fixture.fail(0)
    fixture.pass(.seconds(1))
    fixture.succeed(0)
    var balancer = Self.balancer(policy, count: 2)
    let start = fixture.now
    // Of two alike each gets a half where both may be chosen. In turn, the one that was held back is next at once.
    let whole = { (share: Double) in policy == .roundRobin ? share / (1 + share) : share / 2 }
    for (seconds, share) in [(0, 0.1), (2, 0.2), (5, 0.5), (8, 0.8), (10, 1.0), (50, 1.0)] {
      fixture.now = start + .seconds(Int64(seconds))
      let seen = Self.share(of: 0, in: fixture, &balancer)
      #expect(abs(seen - whole(share)) < 0.03, "\(policy) after \(seconds) s: \(seen), not \(whole(share))")
    }
    fixture.handle(.secondPassed)
    #expect(fixture.standing(0) == .healthy && fixture.view.isPlain)
    #expect(fixture.reason(0) == .slowStartEnded)
  }

  @Test func hashedKeysComeBackOneAfterTheOtherAndStay() {
    var fixture = BoardFixture(count: 4)
    var balancer = Self.balancer(.consistentHash(.path), count: 4)
    let own = Self.share(of: 0, in: fixture, &balancer, hash: true)
    fixture.fail(0)
    fixture.pass(.seconds(1))
    fixture.succeed(0)
    let start = fixture.now
    var back: Set<UInt64> = []
    var chance = SplitMix64(seed: 4)
    for seconds in 0...10 {
      fixture.now = start + .seconds(Int64(seconds))
      var random = SplitMix64(seed: 3)
      for _ in 0..<2000 {
        let key = random.next()
        let context = PickContext(random: chance.next(), hash: key, at: fixture.now)
        guard case .picked(let index, _, _) = balancer.pick(context, within: fixture.view) else { continue }
        if back.contains(key) { #expect(index == 0, "a key left again") }
        if index == 0 { back.insert(key) }
      }
    }
    #expect(abs(Double(back.count) / 2000 - own) < 0.03)
  }

  @Test func aClientIsLedToItsEndpointWhateverItsShare() {
    var fixture = BoardFixture(count: 2)
    fixture.fail(0)
    fixture.pass(.seconds(1))
    fixture.succeed(0)
    var balancer = Self.balancer(.sticky(cookie: "c", fallback: .random), count: 2)
    for random in 0..<200 {
      let context = PickContext(random: UInt64(random), sticky: 100, at: fixture.now)
      #expect(balancer.pick(context, within: fixture.view) == .picked(0, .sticky, .usual))
    }
  }

  @Test func whoIsTheOnlyOneGetsAll() {
    var fixture = BoardFixture(count: 2)
    fixture.handle(.drained(0))
    fixture.handle(.undrained(0))
    fixture.handle(.drained(1))
    var balancer = Self.balancer(.leastRequest, count: 2)
    #expect(Self.share(of: 0, in: fixture, &balancer) == 1)
  }

  @Test func withoutAWindowTheWholeShareComesAtOnce() {
    var fixture = BoardFixture(count: 2, policy: BoardFixture.policy { $0.slowStart = .zero })
    fixture.fail(0)
    fixture.pass(.seconds(1))
    #expect(fixture.succeed(0).map(\.after) == [.healthy])
    #expect(fixture.reason(0) == .probeSucceeded && fixture.view.isPlain)
  }

  @Test func aFailureInSlowStartEjectsAgainForLonger() {
    var fixture = BoardFixture(count: 2)
    fixture.fail(0)
    fixture.pass(.seconds(1))
    fixture.succeed(0)
    fixture.pass(.seconds(1))
    fixture.fail(0)
    #expect(fixture.standing(0) == .ejected(until: fixture.now + .seconds(2)))
    #expect(fixture.view.returning.isEmpty)
  }
}
