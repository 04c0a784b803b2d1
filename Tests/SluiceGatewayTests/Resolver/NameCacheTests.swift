import SluiceCore
import SluiceGateway
import TestSupport
import Testing

@Suite struct NameCacheTests {
  private func at(_ seconds: Int64) -> Instant { Instant(nanoseconds: 0) + .seconds(seconds) }

  private func good(_ addresses: [EndpointAddress], ttl: Int64 = 10) -> Resolution {
    .addresses(addresses, of: "api", source: .dns, ttl: .seconds(ttl))
  }

  private func failed(_ cause: Cause, ttl: Int64 = 1) -> Resolution {
    .failed(cause, of: "api", detail: .answered, source: .dns, ttl: .seconds(ttl))
  }

  private let first = EndpointAddress.v4(10, 0, 0, 1)
  private let second = EndpointAddress.v4(10, 0, 0, 2)

  /// A cache that was given addresses for `api` at 0 s.
  private func filled(_ limits: NameCache.Limits = .init()) -> NameCache {
    var cache = NameCache(limits: limits)
    _ = cache.look("api", at: at(0))
    _ = cache.finish(good([first]), at: at(0))
    return cache
  }

  @Test func oneAsksAndTheOthersWait() {
    var cache = NameCache()
    #expect(cache.look("api", at: at(0)) == .missing(.start))
    #expect(cache.look("api", at: at(0)) == .missing(.running))
    let change = cache.finish(good([first]), at: at(1))
    #expect(change?.kind == .first)
    #expect(change?.added == [first])
    guard case .fresh(let name) = cache.look("api", at: at(2)) else {
      Issue.record("not fresh")
      return
    }
    #expect(name.addresses == [first])
    #expect(name.expiry == at(11))
  }

  @Test func expiredAddressesServeWhileTheyAreRefreshed() {
    var cache = filled()
    guard case .stale(let name, .start) = cache.look("api", at: at(10)) else {
      Issue.record("not stale")
      return
    }
    #expect(name.addresses == [first])
    guard case .stale(_, .running) = cache.look("api", at: at(11)) else {
      Issue.record("asked for twice")
      return
    }
    #expect(cache.finish(good([first]), at: at(12)) == nil)
    let change = cache.look("api", at: at(22)) == .full ? nil : cache.finish(good([second]), at: at(22))
    #expect(change?.kind == .addresses)
    #expect(change?.added == [second])
    #expect(change?.removed == [first])
  }

  @Test func silentServersLeaveTheAddressesForLong() {
    var cache = filled()
    _ = cache.look("api", at: at(10))
    let change = cache.finish(failed(.dnsTimeout), at: at(12))
    #expect(change?.kind == .failure)
    #expect(change?.removed == [])
    guard case .stale(let name, _) = cache.look("api", at: at(3600)) else {
      Issue.record("dropped")
      return
    }
    #expect(name.addresses == [first])
    #expect(name.failure?.cause == .dnsTimeout)
    // The refresh that the look before began is still running.
    guard case .stale = cache.look("api", at: at(10 + 24 * 3600 - 1)) else {
      Issue.record("dropped before the bound")
      return
    }
    guard case .failed(let late) = cache.look("api", at: at(10 + 24 * 3600)) else {
      Issue.record("kept beyond the bound")
      return
    }
    #expect(late.addresses.isEmpty)
  }

  @Test func aDenialLeavesTheAddressesForMomentsOnly() {
    var cache = filled()
    _ = cache.look("api", at: at(10))
    #expect(cache.finish(failed(.dnsNxdomain), at: at(10))?.removed == [])
    guard case .stale = cache.look("api", at: at(39)) else {
      Issue.record("dropped early")
      return
    }
    let change = cache.finish(failed(.dnsNxdomain), at: at(40))
    #expect(change?.removed == [first])
    #expect(cache.peek("api")?.addresses == [])
    #expect(cache.peek("api")?.failure?.cause == .dnsNxdomain)
  }

  @Test func aServersTroubleBetweenDenialsBeginsTheCountAgain() {
    var cache = filled()
    _ = cache.finish(failed(.dnsNxdomain), at: at(10))
    _ = cache.finish(failed(.dnsTimeout), at: at(30))
    #expect(cache.finish(failed(.dnsNxdomain), at: at(41))?.removed == [])
    #expect(cache.peek("api")?.addresses == [first])
  }

  @Test func failuresAreRetriedEverLessOftenUpToABound() {
    var cache = NameCache()
    _ = cache.track(["api"], at: at(0))
    var waits: [Int64] = []
    var instant = at(0)
    for _ in 0..<8 {
      #expect(cache.startDue(at: instant, atMost: 10) == ["api"])
      _ = cache.finish(failed(.dnsServfail), at: instant)
      waits.append((cache.nextDue - instant).inMilliseconds / 1000)
      instant = cache.nextDue
    }
    #expect(waits == [1, 2, 4, 8, 16, 30, 30, 30])
  }

  @Test func aDenialsTTLIsKeptWhereNothingIsLost() {
    var cache = NameCache()
    _ = cache.look("api", at: at(0))
    _ = cache.finish(failed(.dnsNxdomain, ttl: 20), at: at(0))
    guard case .failed(let name) = cache.look("api", at: at(19)) else {
      Issue.record("asked for early")
      return
    }
    #expect(name.failure?.cause == .dnsNxdomain)
    #expect(cache.look("api", at: at(20)) == .missing(.start))
  }

  @Test func aSilentFamilyKeepsItsAddresses() {
    var cache = NameCache()
    _ = cache.look("api", at: at(0))
    _ = cache.finish(good([first, .v6(1)]), at: at(0))
    var partial = good([second])
    partial.missingFamily = .v6
    let change = cache.finish(partial, at: at(10))
    #expect(change?.removed == [first])
    #expect(cache.peek("api")?.addresses == [second, .v6(1)])
  }

  @Test func theLeastUsedEntryMakesRoom() {
    var limits = NameCache.Limits()
    limits.entriesMax = 2
    var cache = NameCache(limits: limits)
    for (index, name) in ["a", "b"].enumerated() {
      #expect(cache.look(name, at: at(Int64(index))) == .missing(.start))
    }
    #expect(cache.look("c", at: at(2)) == .full)
    _ = cache.finish(.addresses([first], of: "a", source: .dns, ttl: .seconds(9)), at: at(3))
    _ = cache.finish(.addresses([first], of: "b", source: .dns, ttl: .seconds(9)), at: at(4))
    #expect(cache.look("c", at: at(5)) == .missing(.start))
    #expect(cache.count == 2)
    #expect(cache.peek("a") == nil)
    // A result for what was dropped changes nothing.
    #expect(cache.finish(.addresses([second], of: "a", source: .dns, ttl: .seconds(9)), at: at(6)) == nil)
  }

  @Test func literalsAreNeverAskedForAgain() {
    var cache = NameCache()
    _ = cache.track(["api"], at: at(0))
    _ = cache.startDue(at: at(0), atMost: 1)
    _ = cache.finish(.addresses([first], of: "api", source: .literal, ttl: .unlimited), at: at(0))
    #expect(cache.nextDue == .never)
    cache.hasten("api", at: at(100))
    #expect(cache.nextDue == .never)
  }

  @Test func hasteIsBounded() {
    var cache = NameCache()
    _ = cache.track(["api"], at: at(0))
    _ = cache.startDue(at: at(0), atMost: 1)
    _ = cache.finish(good([first], ttl: 600), at: at(100))
    cache.hasten("api", at: at(100))
    #expect(cache.nextDue == at(101))
  }

  @Test func untrackedNamesAreDroppedAndTold() {
    var cache = NameCache()
    _ = cache.track(["api", "new"], at: at(0))
    #expect(cache.startDue(at: at(0), atMost: 1) == ["api"])
    #expect(cache.pending == 2)
    _ = cache.finish(good([first]), at: at(1))
    #expect(cache.pending == 1)
    let changes = cache.track([], at: at(2))
    #expect(changes.map(\.name) == ["api"])
    #expect(changes.first?.removed == [first])
    #expect(cache.count == 0)
  }
}
