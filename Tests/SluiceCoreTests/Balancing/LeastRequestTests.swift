import SluiceCore
import Testing

private let start = BalancingFixture.start

private func endpoints(_ weights: [UInt32]) -> [BalancedEndpoint] { BalancingFixture.endpoints(weights) }

@Suite("Least request")
struct LeastRequestTests {
  @Test("Of two endpoints both are compared, so the busier is never taken")
  func bothOfTwo() {
    var balancer = Balancer(policy: .leastRequest, endpoints: endpoints([1, 1]))
    balancer.began(0, at: start)
    var random = SplitMix64(seed: 4)
    for _ in 0..<1_000 {
      #expect(balancer.pick(PickContext(random: random.next(), at: start)) == .picked(1, .fewerRequests))
    }
  }

  @Test("Load is measured by weight")
  func loadByWeight() {
    var balancer = Balancer(policy: .leastRequest, endpoints: endpoints([1, 4]))
    balancer.began(0, at: start)
    for _ in 0..<3 { balancer.began(1, at: start) }
    var random = SplitMix64(seed: 4)
    for _ in 0..<100 { #expect(balancer.pick(PickContext(random: random.next(), at: start)).index == 1) }
    for _ in 0..<2 { balancer.began(1, at: start) }
    for _ in 0..<100 { #expect(balancer.pick(PickContext(random: random.next(), at: start)).index == 0) }
  }

  @Test("Requests that stay spread far more evenly than at random")
  func evenness() {
    func spread(_ policy: BalancePolicy) -> Int {
      var balancer = Balancer(policy: policy, endpoints: endpoints(Array(repeating: 1, count: 50)))
      var random = SplitMix64(seed: 6)
      for _ in 0..<5_000 {
        guard let index = balancer.pick(PickContext(random: random.next(), at: start)).index else { continue }
        balancer.began(index, at: start)
      }
      let counts = (0..<50).map(balancer.inProgress)
      return (counts.max() ?? 0) - (counts.min() ?? 0)
    }
    #expect(spread(.leastRequest) <= 6)
    #expect(spread(.random) > 20)
  }

  @Test("An endpoint that answers slowly gets its share and no more")
  func slowEndpoint() {
    var balancer = Balancer(policy: .leastRequest, endpoints: endpoints([1, 1, 1]))
    var random = SplitMix64(seed: 6)
    var counts = [0, 0, 0]
    var held: [Int] = []
    for _ in 0..<3_000 {
      guard let index = balancer.pick(PickContext(random: random.next(), at: start)).index else { continue }
      counts[index] += 1
      balancer.began(index, at: start)
      if index == 0 { held.append(index) } else { balancer.ended(index, latency: nil, at: start) }
      if held.count > 10 { balancer.ended(held.removeFirst(), latency: nil, at: start) }
    }
    #expect(counts[0] < 100, "\(counts)")
  }
}
