import SluiceCore
import Testing

private let start = BalancingFixture.start

private func endpoints(_ weights: [UInt32]) -> [BalancedEndpoint] { BalancingFixture.endpoints(weights) }

@Suite("Peak EWMA")
struct PeakEWMATests {
  private func warmed(_ latencies: [Int64]) -> Balancer {
    var balancer = Balancer(policy: .peakEWMA, endpoints: endpoints(Array(repeating: 1, count: latencies.count)))
    for (index, latency) in latencies.enumerated() {
      balancer.began(index, at: start)
      balancer.ended(index, latency: .milliseconds(latency), at: start)
    }
    return balancer
  }

  private func share(of index: Int, _ balancer: Balancer, at: Instant = start) -> Double {
    var balancer = balancer
    var random = SplitMix64(seed: 2)
    let picks = (0..<1_000).compactMap { _ in balancer.pick(PickContext(random: random.next(), at: at)).index }
    return Double(picks.count { $0 == index }) / 1_000
  }

  @Test("The faster of two is taken")
  func faster() {
    #expect(share(of: 1, warmed([100, 10])) == 1)
  }

  @Test("Load counts: a fast endpoint with much to do loses")
  func load() {
    var balancer = warmed([40, 10])
    for _ in 0..<4 { balancer.began(1, at: start) }
    #expect(share(of: 0, balancer) == 1)
  }

  @Test("One slow answer counts at once, and many fast ones are needed to forget it")
  func peak() {
    var balancer = warmed([10, 20])
    balancer.began(0, at: start)
    balancer.ended(0, latency: .seconds(1), at: start)
    #expect(share(of: 0, balancer) == 0)
    balancer.began(0, at: start)
    balancer.ended(0, latency: .milliseconds(1), at: start + .milliseconds(10))
    #expect(share(of: 0, balancer, at: start + .milliseconds(10)) == 0)
  }

  @Test("Fast answers over a few time constants make it good")
  func recovery() {
    var balancer = warmed([10, 20])
    balancer.began(0, at: start)
    balancer.ended(0, latency: .seconds(1), at: start)
    var at = start
    for _ in 0..<100 {
      at = at + .seconds(1)
      balancer.began(0, at: at)
      balancer.ended(0, latency: .milliseconds(1), at: at)
    }
    #expect(share(of: 0, balancer, at: at) == 1)
  }

  @Test("Without news a slow endpoint is asked again in the end")
  func fading() {
    var balancer = warmed([31, 30])
    // The other one does something, so its cost is twice what a new endpoint is assumed to need.
    balancer.began(1, at: start)
    balancer.began(0, at: start)
    balancer.ended(0, latency: .seconds(1), at: start)
    #expect(share(of: 0, balancer) == 0)
    #expect(share(of: 0, balancer, at: start + .seconds(300)) == 1)
  }

  @Test("Time that runs backwards or is far away breaks nothing")
  func oddTimes() {
    var balancer = warmed([10, 20])
    balancer.began(0, at: .never)
    balancer.ended(0, latency: TimeSpan(nanoseconds: -5), at: .never)
    balancer.began(0, at: Instant(nanoseconds: .min))
    balancer.ended(0, latency: .unlimited, at: Instant(nanoseconds: .min))
    #expect(balancer.pick(PickContext(random: 1, at: .never)).index != nil)
  }

  @Test("An attempt without an answer teaches nothing about latency")
  func noAnswer() {
    var balancer = warmed([10, 20])
    balancer.began(0, at: start)
    balancer.ended(0, latency: nil, at: start)
    #expect(share(of: 0, balancer) == 1)
  }
}
