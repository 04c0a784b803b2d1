import SluiceCore
import Testing

@Suite struct CarryOverTests {
  private static let policy = BoardFixture.policy { $0.usesChecks = true }

  private static func endpoint(_ identity: UInt64, isDraining: Bool = false) -> HealthEndpoint {
    HealthEndpoint(identity: identity, isDraining: isDraining)
  }

  @Test func whatIsKnownGoesWithTheEndpointAndNotWithItsPlace() {
    var fixture = BoardFixture([1, 2, 3, 4].map { Self.endpoint($0) }, policy: Self.policy)
    fixture.fail(0)
    for _ in 0..<3 { fixture.handle(.checked(1, .failed(.connectRefused))) }
    fixture.handle(.drained(2))
    let generation = fixture.view.generation
    fixture.board = fixture.board.replacing(
      policy: Self.policy, endpoints: [4, 3, 2, 1].map { Self.endpoint($0) }, at: fixture.now)
    #expect(fixture.view.generation > generation)
    #expect(fixture.standing(0) == .healthy)
    #expect(fixture.standing(1) == .draining)
    #expect(fixture.standing(2) == .unhealthy)
    #expect(fixture.standing(3).isEjected)
    #expect(fixture.view.tiers.first?.excluded == EndpointSet([1, 2, 3]))
    // Rows go on as well: two more are three.
    var row = BoardFixture([1, 2].map { Self.endpoint($0) })
    row.fail(1, .notHttp)
    row.board = row.board.replacing(
      policy: HealthPolicy(), endpoints: [2, 1].map { Self.endpoint($0) }, at: row.now)
    row.fail(0, .notHttp)
    #expect(row.fail(0, .notHttp).count == 1)
  }

  @Test func aNewcomerStartsSlowlyUnlessAllAreNew() {
    var fixture = BoardFixture([1, 2].map { Self.endpoint($0) })
    #expect(fixture.view.isPlain, "at the start nobody is slow")
    fixture.board = fixture.board.replacing(
      policy: HealthPolicy(), endpoints: [2, 3].map { Self.endpoint($0) }, at: fixture.now)
    #expect(fixture.standing(0) == .healthy && fixture.standing(1) == .returning(until: fixture.now + .seconds(10)))
    fixture.board = fixture.board.replacing(
      policy: HealthPolicy(), endpoints: [8, 9].map { Self.endpoint($0) }, at: fixture.now)
    #expect(fixture.view.isPlain)
  }

  @Test func theConfigurationDrainsWhereItChanged() {
    var fixture = BoardFixture([Self.endpoint(1), Self.endpoint(2, isDraining: true)])
    #expect(fixture.standing(1) == .draining)
    fixture.handle(.undrained(1))
    fixture.handle(.drained(0))
    // Nothing of it has changed: what the operator said since then holds.
    let same = [Self.endpoint(1), Self.endpoint(2, isDraining: true)]
    fixture.board = fixture.board.replacing(policy: Self.policy, endpoints: same, at: fixture.now)
    #expect(fixture.standing(0) == .draining && fixture.standing(1).isReturning)
    let changed = [Self.endpoint(1), Self.endpoint(2)]
    fixture.board = fixture.board.replacing(policy: Self.policy, endpoints: changed, at: fixture.now)
    #expect(fixture.standing(0) == .draining && fixture.standing(1).isAvailable)
    let drained = [Self.endpoint(1, isDraining: true), Self.endpoint(2, isDraining: true)]
    fixture.board = fixture.board.replacing(policy: Self.policy, endpoints: drained, at: fixture.now)
    #expect(fixture.standing(1) == .draining && fixture.view.fallback == .allDraining)
  }

  @Test func whatIsNoLongerJudgedIsForgotten() {
    var fixture = BoardFixture([1, 2, 3].map { Self.endpoint($0) }, policy: Self.policy)
    for _ in 0..<3 { fixture.handle(.checked(0, .failed(.connectRefused))) }
    fixture.fail(1)
    let policy = BoardFixture.policy { $0.ejection.isOn = false }
    fixture.board = fixture.board.replacing(
      policy: policy, endpoints: [1, 2, 3].map { Self.endpoint($0) }, at: fixture.now)
    #expect(fixture.view.isPlain)
  }
}
