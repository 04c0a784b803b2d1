import SluiceCore
import Testing

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

@Suite("Sticky cookie")
struct StickyTests {
  private let known = endpoints([1, 1, 1])

  private func pick(sticky: UInt64?, unavailable: [Int] = []) -> PickDecision {
    var balancer = Balancer(policy: .sticky(cookie: "s", fallback: .leastRequest), endpoints: known)
    return balancer.pick(PickContext(random: 3, sticky: sticky, unavailable: EndpointSet(unavailable), at: start))
  }

  @Test("The cookie names the endpoint", arguments: 0..<3)
  func named(_ index: Int) {
    #expect(pick(sticky: known[index].identity) == .picked(index, .sticky))
    #expect(!PickReason.sticky.setsCookie)
  }

  @Test("Without a cookie, and with one of nobody, a new one is set")
  func new() {
    for cookie in [nil, 12_345] as [UInt64?] {
      guard case .picked(_, let reason) = pick(sticky: cookie) else {
        Issue.record("nothing was picked")
        continue
      }
      #expect(reason == .stickyNew)
      #expect(reason.setsCookie)
    }
  }

  @Test("An endpoint that cannot be had is left, with a new cookie")
  func moved() {
    guard case .picked(let index, let reason) = pick(sticky: known[1].identity, unavailable: [1]) else {
      Issue.record("nothing was picked")
      return
    }
    #expect(index != 1)
    #expect(reason == .stickyMoved)
    #expect(reason.setsCookie)
  }

  @Test("The value of a cookie is the identity in text")
  func text() {
    for identity in [0, 1, .max, known[0].identity] as [UInt64] {
      let value = StickyCookie.value(identity)
      let bytes = Array(value.utf8)
      #expect(bytes.count == StickyCookie.length)
      #expect(StickyCookie.identity(bytes.span.bytes) == identity)
    }
  }

  @Test("What no gateway made is no identity", arguments: ["", "x", "ZZZZZZZZZZZZZ", "000000000000!", "10.0.0.1:8080"])
  func refused(_ value: String) {
    let bytes = Array(value.utf8)
    #expect(StickyCookie.identity(bytes.span.bytes) == nil)
  }
}

@Suite("EndpointSet")
struct EndpointSetTests {
  @Test("Agrees with a set of numbers")
  func agrees() {
    var random = SplitMix64(seed: 77)
    var model: Set<Int> = []
    var set = EndpointSet()
    for _ in 0..<5_000 {
      let index = Int(random.next() % UInt64(EndpointSet.capacity))
      if random.next() & 1 == 0 {
        model.insert(index)
        set.insert(index)
      } else {
        model.remove(index)
        set.remove(index)
      }
      #expect(set.contains(index) == model.contains(index))
    }
    #expect(set.count == model.count)
    #expect(set == EndpointSet(model))
    for index in model { set.remove(index) }
    #expect(set.isEmpty)
    #expect(set == .empty)
    #expect(set.hashValue == EndpointSet.empty.hashValue)
  }

  @Test("Unites sets of different lengths")
  func union() {
    var small = EndpointSet([1])
    small.formUnion(EndpointSet([2, 500]))
    #expect(small == EndpointSet([1, 2, 500]))
    var large = EndpointSet([2, 500])
    large.formUnion(EndpointSet([1]))
    #expect(large == small)
  }

  @Test("Indices outside of the capacity are nowhere")
  func outside() {
    var set = EndpointSet([-1, EndpointSet.capacity])
    #expect(set.isEmpty)
    set.remove(-1)
    #expect(!set.contains(-1))
    #expect(!set.contains(EndpointSet.capacity))
  }
}
