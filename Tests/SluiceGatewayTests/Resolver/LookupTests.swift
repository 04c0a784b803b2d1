import SluiceCore
import TestSupport
import Testing

@testable import SluiceGateway

@Suite struct LookupTests {
  private let servers: [EndpointAddress] = [.v4(127, 0, 0, 1, port: 1), .v4(127, 0, 0, 1, port: 2)]

  private func at(_ milliseconds: Int64) -> Instant { Instant(nanoseconds: 0) + .milliseconds(milliseconds) }

  private func lookup(_ candidates: [String] = ["api.test"], serverCount: Int = 1) -> Lookup {
    Lookup(
      name: "api", candidates: candidates, servers: Array(servers.prefix(serverCount)), serverFirst: 0, start: at(0),
      timeout: .seconds(2))
  }

  private func question(_ family: EndpointAddress.Family, _ name: String = "api.test") -> DNSQuestion {
    DNSQuestion(name: name, family: family)
  }

  private func answer(
    rcode: UInt16 = 0, _ addresses: [EndpointAddress] = [], ttl: UInt32? = nil, negativeTTL: UInt32? = nil
  ) -> DNSReply {
    .answer(
      DNSAnswer(
        rcode: rcode, isTruncated: false, aliases: [], chain: .complete, addresses: addresses, addressesOmitted: 0,
        ttl: ttl, negativeTTL: negativeTTL))
  }

  private func finished(_ effects: [Lookup.Effect]) -> Resolution? {
    for case .finish(let resolution) in effects { return resolution }
    return nil
  }

  @Test func bothFamiliesAreAskedAndJoined() throws {
    var lookup = lookup()
    #expect(lookup.begin(at: at(0)) == [.ask(question(.v4), server: 0), .ask(question(.v6), server: 0)])
    #expect(lookup.replied(answer([.v4(1, 1, 1, 1)], ttl: 50), to: question(.v4), server: 0, at: at(1)) == [])
    let result = try #require(
      finished(lookup.replied(answer([.v6(1)], ttl: 40), to: question(.v6), server: 0, at: at(3))))
    #expect(result.addresses == [.v4(1, 1, 1, 1), .v6(1)])
    #expect(result.ttl == .seconds(40))
    #expect(result.elapsed == .milliseconds(3))
    #expect(result.missingFamily == nil)
  }

  @Test func ttlsAreBounded() throws {
    for (ttl, bounded) in [(UInt32(0), TimeSpan.seconds(1)), (1_000_000, .seconds(3600))] {
      var lookup = lookup()
      _ = lookup.begin(at: at(0))
      _ = lookup.replied(answer(), to: question(.v6), server: 0, at: at(1))
      let effects = lookup.replied(answer([.v4(1, 1, 1, 1)], ttl: ttl), to: question(.v4), server: 0, at: at(1))
      #expect(finished(effects)?.ttl == bounded)
    }
  }

  @Test func aSilentFamilyIsNotWaitedForLong() throws {
    var lookup = lookup()
    _ = lookup.begin(at: at(0))
    _ = lookup.replied(answer([.v4(1, 1, 1, 1)], ttl: 50), to: question(.v4), server: 0, at: at(10))
    #expect(lookup.nextDeadline == at(510))
    #expect(lookup.timePassed(at: at(509)) == [])
    let result = try #require(finished(lookup.timePassed(at: at(510))))
    #expect(result.addresses == [.v4(1, 1, 1, 1)])
    #expect(result.missingFamily == .v6)
  }

  @Test func theSecondServerIsAskedBesideASlowFirst() throws {
    var lookup = lookup(serverCount: 2)
    _ = lookup.begin(at: at(0))
    #expect(lookup.nextDeadline == at(500))
    #expect(lookup.timePassed(at: at(500)) == [.ask(question(.v4), server: 1), .ask(question(.v6), server: 1)])
    _ = lookup.replied(answer(), to: question(.v6), server: 1, at: at(600))
    let effects = lookup.replied(answer([.v4(1, 1, 1, 1)], ttl: 9), to: question(.v4), server: 0, at: at(700))
    #expect(finished(effects)?.server == servers[0])
  }

  @Test func aServersErrorHandsOverAtOnce() throws {
    var lookup = lookup(serverCount: 2)
    _ = lookup.begin(at: at(0))
    let handedOver = lookup.replied(answer(rcode: 2), to: question(.v4), server: 0, at: at(1))
    #expect(handedOver == [.ask(question(.v4), server: 1)])
    #expect(lookup.replied(answer(rcode: 2), to: question(.v4), server: 1, at: at(2)) == [])
    _ = lookup.replied(.silent, to: question(.v6), server: 0, at: at(3))
    let result = try #require(finished(lookup.replied(answer(), to: question(.v6), server: 1, at: at(4))))
    // An empty AAAA does not say that there is no A.
    #expect(result.cause == .dnsServfail)
    #expect(result.rcode == 2)
  }

  @Test(
    arguments: [
      (UInt16(3), Cause.dnsNxdomain), (2, .dnsServfail), (5, .dnsRefused), (0, .dnsNoAddress), (4, .dnsServfail),
    ])
  func codesBecomeCauses(rcode: UInt16, cause: Cause) throws {
    var lookup = lookup()
    _ = lookup.begin(at: at(0))
    _ = lookup.replied(answer(rcode: rcode), to: question(.v4), server: 0, at: at(1))
    let result = try #require(finished(lookup.replied(answer(rcode: rcode), to: question(.v6), server: 0, at: at(1))))
    #expect(result.cause == cause)
    #expect(result.rcode == rcode)
  }

  @Test func silenceUntilTheDeadlineIsATimeout() throws {
    var lookup = lookup()
    _ = lookup.begin(at: at(0))
    let result = try #require(finished(lookup.timePassed(at: at(2000))))
    #expect(result.cause == .dnsTimeout)
    #expect(result.detail == .timedOut)
  }

  @Test func searchDomainsAreTriedInTurn() throws {
    var lookup = lookup(["api.a.test", "api.b.test"])
    _ = lookup.begin(at: at(0))
    _ = lookup.replied(answer(rcode: 3), to: question(.v4, "api.a.test"), server: 0, at: at(1))
    let next = lookup.replied(answer(rcode: 3), to: question(.v6, "api.a.test"), server: 0, at: at(1))
    #expect(next == [.ask(question(.v4, "api.b.test"), server: 0), .ask(question(.v6, "api.b.test"), server: 0)])
    // A late answer for the name before does not count.
    #expect(lookup.replied(answer([.v6(1)], ttl: 1), to: question(.v6, "api.a.test"), server: 0, at: at(2)) == [])
    _ = lookup.replied(answer([.v4(1, 1, 1, 1)], ttl: 5), to: question(.v4, "api.b.test"), server: 0, at: at(2))
    let result = try #require(finished(lookup.replied(answer(), to: question(.v6, "api.b.test"), server: 0, at: at(3))))
    #expect(result.askedName == "api.b.test")
    #expect(result.addresses == [.v4(1, 1, 1, 1)])
  }

  @Test func aServersTroubleOutweighsALaterDenial() throws {
    var lookup = lookup(["api.a.test", "api"])
    _ = lookup.begin(at: at(0))
    _ = lookup.replied(answer(rcode: 2), to: question(.v4, "api.a.test"), server: 0, at: at(1))
    _ = lookup.replied(answer(rcode: 2), to: question(.v6, "api.a.test"), server: 0, at: at(1))
    _ = lookup.replied(answer(rcode: 3), to: question(.v4, "api"), server: 0, at: at(1))
    let result = try #require(
      finished(lookup.replied(answer(rcode: 3), to: question(.v6, "api"), server: 0, at: at(2))))
    #expect(result.cause == .dnsServfail)
    #expect(result.askedName == "api.a.test")
  }

  @Test func negativeTTLsAreBounded() throws {
    var lookup = lookup()
    _ = lookup.begin(at: at(0))
    let denial = answer(rcode: 3, negativeTTL: 3600)
    _ = lookup.replied(denial, to: question(.v4), server: 0, at: at(1))
    #expect(finished(lookup.replied(denial, to: question(.v6), server: 0, at: at(1)))?.ttl == .seconds(30))
  }
}
