import SluiceCore
import Testing

private let start = BalancingFixture.start

private func endpoints(_ weights: [UInt32]) -> [BalancedEndpoint] { BalancingFixture.endpoints(weights) }

@Suite("Consistent hash")
struct ConsistentHashTests {
  private func owners(_ balancer: Balancer, unavailable: [Int] = []) -> [UInt64: Int] {
    var balancer = balancer
    var owners: [UInt64: Int] = [:]
    for key in 0..<5_000 as Range<UInt64> {
      let context = PickContext(random: 0, hash: key, unavailable: EndpointSet(unavailable), at: start)
      owners[key] = balancer.pick(context).index
    }
    return owners
  }

  private func hashed(_ endpoints: [BalancedEndpoint]) -> Balancer {
    Balancer(policy: .consistentHash(.clientAddress), endpoints: endpoints)
  }

  @Test("The same key goes to the same endpoint whatever the random bits and the load are")
  func stable() {
    var balancer = hashed(endpoints([1, 1, 1]))
    let first = balancer.pick(PickContext(random: 1, hash: 42, at: start))
    for _ in 0..<50 { balancer.began(first.index ?? 0, at: start) }
    #expect(balancer.pick(PickContext(random: 99, hash: 42, at: start)) == first)
  }

  @Test("The order of the endpoints in the file is of no matter")
  func orderIsOfNoMatter() {
    let some = endpoints([1, 2, 1, 3])
    let forward = owners(hashed(some))
    let backward = owners(hashed(some.reversed()))
    #expect(forward.allSatisfy { backward[$0.key] == 3 - $0.value })
  }

  @Test("A further endpoint takes only what becomes its own, and about its share")
  func arrival() {
    let before = owners(hashed(endpoints([1, 1, 1, 1])))
    let after = owners(hashed(endpoints([1, 1, 1, 1, 1])))
    let moved = before.filter { after[$0.key] != $0.value }
    #expect(moved.keys.allSatisfy { after[$0] == 4 })
    #expect(700...1_300 ~= moved.count, "\(moved.count)")
  }

  @Test("An endpoint that cannot be had moves only its own keys, and to several others")
  func failure() {
    let balancer = hashed(endpoints([1, 1, 1, 1]))
    let before = owners(balancer)
    let after = owners(balancer, unavailable: [2])
    #expect(before.filter { $0.value != 2 }.allSatisfy { after[$0.key] == $0.value })
    #expect(Set(before.filter { $0.value == 2 }.compactMap { after[$0.key] }) == [0, 1, 3])
  }

  @Test("A greater weight takes keys and gives none away")
  func weightChange() {
    let before = owners(hashed(endpoints([1, 1, 1])))
    let after = owners(hashed(endpoints([1, 2, 1])))
    #expect(before.filter { after[$0.key] != $0.value }.keys.allSatisfy { after[$0] == 1 })
  }

  @Test("Moved requests say so")
  func reasons() {
    var balancer = hashed(endpoints([1, 1]))
    guard case .picked(let owner, .hashed) = balancer.pick(PickContext(random: 0, hash: 7, at: start)) else {
      Issue.record("the owner is not taken")
      return
    }
    let context = PickContext(random: 0, hash: 7, tried: EndpointSet([owner]), at: start)
    #expect(balancer.pick(context) == .picked(1 - owner, .hashedNext))
  }

  @Test("Weights and numbers beyond all measure stay within the bound and are served")
  func bounds() {
    var balancer = hashed(endpoints(Array(repeating: 65_535, count: 1_024)))
    let owners = Set(
      (0..<5_000 as Range<UInt64>).compactMap { key in
        balancer.pick(PickContext(random: 0, hash: key, at: start)).index
      })
    #expect(owners.count > 900)
  }
}
