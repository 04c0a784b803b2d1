import SluiceCore
import Testing

/// Which endpoint is picked where not all are available.
@Suite struct HealthyPickTests {
  private static func pick(
    _ fixture: BoardFixture, tried: [Int] = [], sticky: UInt64? = nil, policy: BalancePolicy = .roundRobin,
    weights: [UInt32]? = nil
  ) -> Set<EndpointPick> {
    let count = fixture.view.states.count
    var balancer = Balancer(
      policy: policy,
      endpoints: (0..<count).map { BalancedEndpoint(identity: UInt64($0) + 100, weight: weights?[$0] ?? 1) })
    var random = SplitMix64(seed: 1)
    return Set(
      (0..<64).map { _ in
        let context = PickContext(
          random: random.next(), hash: random.next(), sticky: sticky, tried: EndpointSet(tried), at: fixture.now)
        return balancer.pick(context, within: fixture.view)
      })
  }

  private static func indices(_ picks: Set<EndpointPick>) -> Set<Int> {
    Set(
      picks.compactMap {
        if case .picked(let index, _, _) = $0 { index } else { nil }
      })
  }

  private static func tiered(_ priorities: [Int], policy: HealthPolicy = HealthPolicy()) -> BoardFixture {
    BoardFixture(
      priorities.enumerated().map { HealthEndpoint(identity: UInt64($0.offset) + 100, priority: $0.element) },
      policy: policy)
  }

  @Test func anEjectedEndpointIsNotPicked() {
    var fixture = BoardFixture(count: 3)
    fixture.fail(1)
    #expect(Self.pick(fixture) == [.picked(0, .turn, .usual), .picked(2, .turn, .usual)])
  }

  @Test func backupsAreUsedOnlyWhereNoOtherIsLeft() {
    var fixture = Self.tiered([0, 0, 1, 2], policy: BoardFixture.policy { $0.ejection.share = 1 })
    #expect(!fixture.view.isPlain)
    #expect(Self.indices(Self.pick(fixture)) == [0, 1])
    // For an exchange that has tried the others.
    #expect(Self.pick(fixture, tried: [0, 1]) == [.picked(2, .turn, .backup)])
    #expect(Self.pick(fixture, tried: [0, 1, 2]) == [.picked(3, .turn, .backup)])
    fixture.fail(0)
    #expect(Self.indices(Self.pick(fixture)) == [1])
    fixture.fail(1)
    #expect(Self.pick(fixture) == [.picked(2, .turn, .backup)])
    fixture.fail(2)
    #expect(Self.pick(fixture) == [.picked(3, .turn, .backup)])
    fixture.pass(.seconds(1))
    fixture.succeed(1)
    #expect(Self.indices(Self.pick(fixture)) == [1])
  }

  @Test func withNobodyLeftAllAreUsedAndItIsSaid() {
    var fixture = Self.tiered([0, 0, 1], policy: BoardFixture.policy { $0.usesChecks = true })
    for index in 0..<3 { for _ in 0..<3 { fixture.handle(.checked(index, .failed(.connectRefused))) } }
    #expect(Self.pick(fixture) == Set((0..<3).map { .picked($0, .turn, .panic) }))
    #expect(Self.pick(fixture, tried: [0, 1]) == [.picked(2, .turn, .panic)])
    #expect(Self.pick(fixture, tried: [0, 1, 2]) == [.none(.allTried)])
    // Draining is a wish and not a failure: panic heeds it.
    fixture.handle(.drained(2))
    #expect(Self.indices(Self.pick(fixture)) == [0, 1])
  }

  @Test func withPanicOffTheAnswerIsThatAllAreUnhealthy() {
    let policy = BoardFixture.policy {
      $0.usesChecks = true
      $0.usesPanic = false
    }
    var fixture = BoardFixture(count: 2, policy: policy)
    fixture.fail(0)
    #expect(Self.pick(fixture, tried: [1]) == [.none(.allTried)])
    for _ in 0..<3 { fixture.handle(.checked(1, .failed(.connectRefused))) }
    #expect(Self.pick(fixture) == [.none(.allUnavailable)])
    #expect(PickMiss.allUnavailable.cause == .allUnhealthy)
  }

  @Test("A drained endpoint gets nobody, not even who is kept there", arguments: [true, false])
  func draining(_ usesPanic: Bool) {
    var fixture = BoardFixture(count: 2, policy: BoardFixture.policy { $0.usesPanic = usesPanic })
    #expect(fixture.handle(.drained(0)).map(\.after) == [.draining])
    #expect(fixture.handle(.drained(0)).isEmpty)
    let kept = Self.pick(fixture, sticky: 100, policy: .sticky(cookie: "c", fallback: .random))
    #expect(kept == [.picked(1, .stickyMoved, .usual)])
    #expect(Self.pick(fixture, tried: [1]) == [.none(.allTried)])
    fixture.handle(.drained(1))
    #expect(Self.pick(fixture) == [.none(.allDraining)])
    #expect(PickMiss.allDraining.cause == .allDraining)
    #expect(fixture.handle(.undrained(1)).map(\.reason) == [.undrained])
    #expect(fixture.handle(.undrained(1)).isEmpty)
    #expect(Self.indices(Self.pick(fixture)) == [1])
  }

  @Test func anExchangeThatHasTriedTheOthersMayTryAnEjectedOne() {
    var fixture = BoardFixture(count: 4)
    fixture.fail(0)
    for _ in 0..<5 { fixture.fail(1, .responseHeaderTimeout) }
    #expect(fixture.standing(1).isEjected)
    var balancer = Balancer(policy: .random, endpoints: (0..<4).map { BalancedEndpoint(identity: $0) })
    let context = PickContext(random: 1, tried: EndpointSet([2, 3]), at: fixture.now)
    #expect(balancer.pick(context, within: fixture.view, allowsLastResort: false) == .none(.allTried))
    // Not the one that would cost it its time.
    #expect(Self.pick(fixture, tried: [2, 3]) == [.picked(0, .turn, .lastResort)])
    #expect(Self.pick(fixture, tried: [0, 2, 3]) == [.none(.allTried)])
  }

  @Test func anEndpointWithoutWeightIsNobodysRescue() {
    let weightless = [HealthEndpoint(identity: 100), HealthEndpoint(identity: 101, hasWeight: false)]
    var fixture = BoardFixture(weightless)
    #expect(Self.pick(fixture, weights: [1, 0]) == [.picked(0, .turn, .usual)])
    fixture.fail(0)
    #expect(fixture.standing(0) == .healthy, "it is the last one")
  }
}
