internal import SluiceCore
internal import Testing

@Suite struct EndpointPoolTests {
  private static let now = Instant(nanoseconds: 1_000_000_000)

  private static func id(_ lease: EndpointPool.Lease) -> EndpointPool.ConnectionID {
    switch lease {
    case .reuse(let id, _, _, _), .connect(let id): id
    }
  }

  @Test func theYoungestIdleConnectionIsLeasedFirst() {
    var pool = EndpointPool(idleLimit: .seconds(4))
    let made = (0..<3).map { _ in Self.id(pool.lease(at: Self.now)) }
    for id in made { pool.connected(id, at: Self.now) }
    for id in [made[1], made[0], made[2]] { _ = pool.release(id, keepAlive: nil, at: Self.now) }
    #expect(pool.oldestIdle == made[1])
    let leased = (0..<3).map { _ in Self.id(pool.lease(at: Self.now)) }
    #expect(leased == [made[2], made[0], made[1]])
  }

  @Test func aFreshConnectionIsMadeAlthoughOneIsIdle() {
    var pool = EndpointPool(idleLimit: .seconds(4))
    let first = Self.id(pool.lease(at: Self.now))
    pool.connected(first, at: Self.now)
    _ = pool.release(first, keepAlive: nil, at: Self.now)
    let fresh = pool.lease(at: Self.now, rule: .fresh)
    #expect(fresh == .connect(Self.id(fresh)) && Self.id(fresh) != first)
    #expect(pool.idleCount == 1)
  }

  @Test(
    arguments: [
      (nil, 4000), (60, 4000), (5, 4000), (3, 2000), (1, 0), (0, 0),
    ] as [(Int64?, Int64)])
  func theEndpointsKeepAliveShortensTheIdleTime(stated: Int64?, milliseconds: Int64) {
    var pool = EndpointPool(idleLimit: .seconds(4))
    let id = Self.id(pool.lease(at: Self.now))
    pool.connected(id, at: Self.now)
    let release = pool.release(id, keepAlive: stated.map { .seconds($0) }, at: Self.now)
    #expect(release == (milliseconds > 0 ? .keep(until: Self.now + .milliseconds(milliseconds)) : .close))
    #expect(pool.isIdle(id) == (milliseconds > 0))
    #expect(pool.count == 1, "a connection that is to be closed counts until it is")
  }

  @Test func usesAgeAndTheProbeAreTold() {
    var pool = EndpointPool(idleLimit: .seconds(4))
    let id = Self.id(pool.lease(at: Self.now))
    pool.connected(id, at: Self.now)
    _ = pool.release(id, keepAlive: nil, at: Self.now + .milliseconds(5))
    let soon = pool.lease(at: Self.now + .milliseconds(15))
    #expect(soon == .reuse(id, uses: 1, age: .milliseconds(15), idle: .milliseconds(10)))
    _ = pool.release(id, keepAlive: nil, at: Self.now + .milliseconds(20))
    let later = pool.lease(at: Self.now + .milliseconds(31))
    #expect(later == .reuse(id, uses: 2, age: .milliseconds(31), idle: .milliseconds(11)))
  }

  /// The endpoint has counted since it sent its last byte, which we did not read.
  @Test func whatMustNotBeRepeatedTakesNoConnectionThatWasHeldBack() {
    var pool = EndpointPool(idleLimit: .seconds(4))
    let id = Self.id(pool.lease(at: Self.now))
    pool.connected(id, at: Self.now)
    var now = Self.now
    for wasHeldBack in [false, true, false] {
      _ = pool.release(id, keepAlive: nil, at: now)
      pool.idleLimitReached(id, at: now + .seconds(1))
      _ = pool.lease(at: now + .seconds(1))
      _ = pool.release(id, keepAlive: nil, wasHeldBack: wasHeldBack, at: now + .seconds(1))
      now = now + .seconds(1) + .milliseconds(1)
      switch pool.lease(at: now, rule: .proven) {
      case .reuse(let same, _, _, _):
        #expect(same == id && !wasHeldBack)
      case .connect(let new):
        #expect(wasHeldBack)
        pool.closed(new)
        _ = pool.lease(at: now)
      }
    }
  }

  /// A connection that has come free this moment is not young by proof where nothing is proven, and never fresh.
  @Test func whoWaitsTakesOnlyWhatHisRuleAllows() {
    var pool = EndpointPool(idleLimit: .seconds(4))
    let id = Self.id(pool.lease(at: Self.now))
    pool.connected(id, at: Self.now)
    _ = pool.release(id, keepAlive: nil, at: Self.now)
    let atFirst = LeaseRule.allCases.filter { pool.mayReuse($0, at: Self.now) }
    #expect(atFirst == [.any])
    pool.idleLimitReached(id, at: Self.now + .seconds(1))
    _ = pool.lease(at: Self.now + .seconds(1))
    _ = pool.release(id, keepAlive: nil, at: Self.now + .seconds(1))
    let later = LeaseRule.allCases.filter { pool.mayReuse($0, at: Self.now + .seconds(1)) }
    #expect(later == [.any, .proven])
  }

  @Test func aLateEventNeverTouchesTheSuccessor() {
    var pool = EndpointPool(idleLimit: .seconds(4))
    let old = Self.id(pool.lease(at: Self.now))
    pool.connected(old, at: Self.now)
    let isKnown = pool.closed(old)
    #expect(isKnown)
    let new = Self.id(pool.lease(at: Self.now))
    #expect(new.slot == old.slot && new != old)
    pool.connected(old, at: Self.now)
    #expect(pool.connectingCount == 1 && pool.leasedCount == 0)
    pool.connected(new, at: Self.now)
    let release = pool.release(old, keepAlive: nil, at: Self.now)
    #expect(release == .close)
    let isKnownAgain = pool.closed(old)
    #expect(!isKnownAgain)
    #expect(pool.leasedCount == 1 && pool.idleCount == 0)
    let isUnknownKnown = pool.closed(EndpointPool.ConnectionID(slot: 99, generation: 0))
    #expect(!isUnknownKnown)
  }
}
