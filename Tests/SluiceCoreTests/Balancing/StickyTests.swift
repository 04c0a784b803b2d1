import SluiceCore
import Testing

private let start = BalancingFixture.start

private func endpoints(_ weights: [UInt32]) -> [BalancedEndpoint] { BalancingFixture.endpoints(weights) }

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
