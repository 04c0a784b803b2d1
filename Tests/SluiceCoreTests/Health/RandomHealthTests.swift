import SluiceCore
import Testing

/// Random rows of events, and what must hold after each of them.
@Suite struct RandomHealthTests {
  @Test("Whatever happens, the board keeps its promises", arguments: 0..<60)
  func promises(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func below(_ count: Int, _ random: inout SplitMix64) -> Int { Int(random.next() % UInt64(count)) }
    let count = 1 + below(9, &random)
    let policy = BoardFixture.policy {
      $0.usesChecks = seed % 2 == 0
      $0.usesPanic = seed % 3 != 0
      $0.slowStart = seed % 5 == 0 ? .zero : .seconds(10)
    }
    var fixture = BoardFixture(
      (0..<count).map { HealthEndpoint(identity: UInt64($0), priority: below(2, &random), isDraining: false) },
      policy: policy)
    var balancer = Balancer(
      policy: .random, endpoints: (0..<count).map { BalancedEndpoint(identity: UInt64($0)) })
    var probes: [Int: Instant] = [:]
    for step in 0..<400 {
      let index = below(count, &random)
      fixture.pass(.milliseconds(Int64(below(400, &random))))
      let before = fixture.view
      var event: HealthEvent?
      switch below(9, &random) {
      case 0...2:
        let cause = Cause.allCases[below(Cause.allCases.count, &random)]
        event = .failed(index, cause, exchange: random.next() % 8, began: fixture.now)
      case 3:
        let began = below(2, &random) == 0 ? fixture.now : Instant(nanoseconds: 0)
        event = .succeeded(index, is5xx: below(4, &random) == 0, began: began)
      case 4:
        event = .checked(index, [CheckOutcome.passed, .failed(.connectRefused), .inconclusive][below(3, &random)])
      case 5: event = below(3, &random) == 0 ? .drained(index) : .undrained(index)
      case 6:
        event = .secondPassed
        for other in 0..<count {
          fixture.handle(.counted(other, answers: 200, answers5xx: UInt32(below(2, &random) * 200)))
        }
      case 7: event = .probeLost(index)
      default:
        if let probe = fixture.probe() {
          #expect(before.states[probe].standing.isEjected, "seed \(seed), step \(step)")
          if let granted = probes[probe] { #expect(fixture.now - granted >= HealthBoard.probeTime) }
          probes[probe] = fixture.now
        }
      }
      if let event {
        let changes = fixture.handle(event, random: random.next())
        if !changes.isEmpty || event == .probeLost(index) { probes.removeAll() }
        check(changes, event, before, fixture.view, "seed \(seed), step \(step), \(event)")
      }
      checkPick(fixture, &balancer, random.next(), "seed \(seed), step \(step)")
    }
  }

  private func check(
    _ changes: [StandingChange], _ event: HealthEvent, _ before: HealthView, _ after: HealthView, _ place: Comment
  ) {
    for (index, (old, new)) in zip(before.states, after.states).enumerated() {
      #expect((old.standing != new.standing) == changes.contains { $0.endpoint == index }, place)
      guard new.standing.isEjected, old.standing.isAvailable else { continue }
      // An ejection leaves somebody, and keeps to the ceiling.
      #expect(after.availableCount > 0, place)
      #expect(after.states.count { $0.standing.isEjected } <= (after.states.count + 1) / 2, place)
    }
    for change in changes where change.before.isEjected && change.after.isAvailable {
      // Only these bring somebody back.
      switch event {
      case .succeeded, .checked: break
      default: Issue.record("came back by \(event): \(place)")
      }
    }
    #expect(changes.isEmpty || after.generation > before.generation, place)
  }

  private func checkPick(_ fixture: BoardFixture, _ balancer: inout Balancer, _ random: UInt64, _ place: Comment) {
    let view = fixture.view
    let pick = balancer.pick(PickContext(random: random, at: fixture.now), within: view)
    switch pick {
    case .picked(let index, _, .usual), .picked(let index, _, .backup):
      #expect(view.states[index].standing.isAvailable, place)
    case .picked(let index, _, .panic):
      #expect(view.availableCount == 0 && view.states[index].standing != .draining, place)
    case .picked:
      Issue.record("a first attempt is neither a probe nor a last resort here: \(place)")
    case .none(let miss):
      #expect(view.availableCount == 0, place)
      #expect((miss == .allDraining) == view.states.allSatisfy { $0.standing == .draining }, place)
    }
    if view.isPlain { #expect(view.states.allSatisfy { $0.standing == .healthy }, place) }
  }
}
