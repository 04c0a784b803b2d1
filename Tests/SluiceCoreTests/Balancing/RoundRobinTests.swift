import SluiceCore
import Testing

private let start = BalancingFixture.start

private func endpoints(_ weights: [UInt32]) -> [BalancedEndpoint] { BalancingFixture.endpoints(weights) }

@Suite("Round robin")
struct RoundRobinTests {
  private func picks(_ weights: [UInt32], _ count: Int, unavailable: [Int] = []) -> [Int] {
    var balancer = Balancer(policy: .roundRobin, endpoints: endpoints(weights))
    return (0..<count).compactMap { _ in
      balancer.pick(PickContext(random: 0, unavailable: EndpointSet(unavailable), at: start)).index
    }
  }

  @Test("Equal weights take turns")
  func turns() {
    #expect(picks([1, 1, 1], 7) == [0, 1, 2, 0, 1, 2, 0])
    #expect(picks([2, 2, 2], 4) == [0, 1, 2, 0])
  }

  @Test("Unequal weights are spread out and not taken in bursts")
  func smooth() {
    #expect(picks([5, 1, 1], 7) == [0, 0, 1, 0, 2, 0, 0])
  }

  @Test("What is unavailable is passed over")
  func skipped() {
    #expect(picks([1, 1, 1], 4, unavailable: [1]) == [0, 2, 0, 2])
    #expect(picks([5, 1, 1], 4, unavailable: [0]) == [1, 2, 1, 2])
  }

  @Test("The first turn is drawn, so that workers do not begin at the same endpoint")
  func firstTurn() {
    var random = SplitMix64(seed: 1)
    let firsts = (0..<100).compactMap { _ in
      var balancer = Balancer(policy: .roundRobin, endpoints: endpoints([1, 1, 1]))
      return balancer.pick(PickContext(random: random.next(), at: start)).index
    }
    #expect(Set(firsts) == [0, 1, 2])
  }
}
