import SluiceCore
import Testing

@Suite struct EjectionTests {
  @Test("What each cause does to an endpoint follows from its weight", arguments: Cause.allCases)
  func everyCause(_ cause: Cause) {
    var fixture = BoardFixture(count: 3)
    var changes: [StandingChange] = []
    var needed = 0
    while changes.isEmpty, needed < 20 {
      changes = fixture.fail(1, cause)
      needed += 1
    }
    switch cause.ejectionWeight {
    case .connect:
      #expect(needed == 1)
      #expect(changes.first?.reason == .connectFailed(cause))
    case .connection:
      #expect(needed == 3)
      #expect(changes.first?.reason == .failedInARow(cause, count: 3))
    case .response:
      #expect(needed == 5)
      #expect(changes.first?.reason == .failedInARow(cause, count: 5))
    case .successRate, .never:
      #expect(changes.isEmpty)
      #expect(fixture.view.isPlain)
    }
    if !changes.isEmpty {
      #expect(
        changes == [
          StandingChange(
            endpoint: 1, before: .healthy, after: .ejected(until: fixture.now + .seconds(1)), reason: changes[0].reason)
        ])
      #expect(fixture.view.tiers.first?.excluded == EndpointSet([1]))
    }
  }

  @Test func aSuccessInBetweenBeginsTheRowAnew() {
    var fixture = BoardFixture(count: 2)
    for _ in 0..<10 {
      fixture.fail(0, .resetBeforeResponse)
      fixture.fail(0, .closedBeforeResponse)
      fixture.succeed(0)
    }
    #expect(fixture.standing(0) == .healthy)
    fixture.fail(0, .resetBeforeResponse)
    fixture.fail(0, .resetBeforeResponse)
    #expect(fixture.fail(0, .resetBeforeResponse).count == 1)
  }

  @Test func oneExchangeThatFailsSeveralTimesCountsOnce() {
    var fixture = BoardFixture(count: 2)
    for _ in 0..<10 { fixture.handle(.failed(0, .notHttp, exchange: 7, began: fixture.now)) }
    #expect(fixture.standing(0) == .healthy)
    fixture.handle(.failed(0, .notHttp, exchange: 8, began: fixture.now))
    fixture.handle(.failed(0, .notHttp, exchange: 9, began: fixture.now))
    #expect(fixture.standing(0).isEjected)
  }

  @Test func connectionFailuresCountAmongTheLateAnswers() {
    var fixture = BoardFixture(count: 2)
    for cause in [Cause.responseHeaderTimeout, .resetBeforeResponse, .truncatedBody, .writeFailed] {
      #expect(fixture.fail(0, cause).isEmpty)
    }
    #expect(fixture.fail(0, .bodyIdleTimeout).first?.reason == .failedInARow(.bodyIdleTimeout, count: 5))
  }

  @Test func whatIsSwitchedOffEjectsNobody() {
    var fixture = BoardFixture(count: 3, policy: BoardFixture.policy { $0.ejection.isOn = false })
    for cause in Cause.allCases { for _ in 0..<10 { fixture.fail(1, cause) } }
    for _ in 0..<20 { fixture.second([(100, 0), (100, 100), (100, 0)]) }
    #expect(fixture.view.isPlain)
  }

  // MARK: Bounds

  @Test("At most half of the endpoints, rounded up, and never the last one", arguments: 1...9)
  func ceiling(_ count: Int) {
    var fixture = BoardFixture(count: count)
    for index in 0..<count { fixture.fail(index) }
    let ejected = (0..<count).count { fixture.standing($0).isEjected }
    #expect(ejected == min((count + 1) / 2, count - 1))
    #expect(fixture.view.availableCount == count - ejected)
  }

  @Test func theShareIsTheConfigurations() {
    var fixture = BoardFixture(count: 10, policy: BoardFixture.policy { $0.ejection.share = 0.21 })
    for index in 0..<10 { fixture.fail(index) }
    #expect((0..<10).count { fixture.standing($0).isEjected } == 3)
    fixture = BoardFixture(count: 10, policy: BoardFixture.policy { $0.ejection.share = 1 })
    for index in 0..<10 { fixture.fail(index) }
    #expect((0..<10).count { fixture.standing($0).isEjected } == 9)
  }

  @Test func theLastThatGetsRequestsIsNotEjectedWhateverKeepsTheOthersOut() {
    var fixture = BoardFixture(
      [
        HealthEndpoint(identity: 1, isDraining: true), HealthEndpoint(identity: 2),
        HealthEndpoint(identity: 3, hasWeight: false), HealthEndpoint(identity: 4),
      ], policy: BoardFixture.policy { $0.usesChecks = true })
    for _ in 0..<3 { fixture.handle(.checked(3, .failed(.connectRefused))) }
    #expect(fixture.standing(3) == .unhealthy)
    fixture.fail(1)
    #expect(fixture.standing(1) == .healthy)
    fixture.handle(.undrained(0))
    fixture.fail(1)
    #expect(fixture.standing(1).isEjected)
  }

  // MARK: Times

  @Test func timesDoubleUpToTheirLimit() {
    var fixture = BoardFixture(count: 2)
    var seconds: [Double] = []
    fixture.fail(0)
    for _ in 0..<8 {
      guard case .ejected(let until) = fixture.standing(0) else { return #expect(Bool(false), "not ejected") }
      seconds.append((until - fixture.now).inSeconds)
      fixture.now = until
      #expect(fixture.probe() == 0)
      fixture.fail(0)
      #expect(fixture.reason(0) == .probeFailed(.connectRefused))
    }
    #expect(seconds == [1, 2, 4, 8, 16, 30, 30, 30])
  }

  @Test func chanceShortensAnEjectionByAQuarterAtMost() {
    for random in [UInt64(0), 1 << 62, 1 << 63, .max] {
      var fixture = BoardFixture(count: 2)
      fixture.fail(0, random: random)
      guard case .ejected(let until) = fixture.standing(0) else { return #expect(Bool(false), "not ejected") }
      let expected = 1 - 0.25 * Double(random) / Double(UInt64.max)
      #expect(abs((until - fixture.now).inSeconds - expected) < 1e-6)
    }
  }

  @Test func aRepetitionIsForgottenForEachLongestTimeInHealth() {
    for (healthy, expected) in [(TimeSpan.seconds(1), 16.0), (.seconds(31), 8), (.seconds(61), 4), (.seconds(600), 1)] {
      var fixture = BoardFixture(count: 2)
      fixture.fail(0)
      for _ in 0..<3 {
        fixture.pass(.seconds(30))
        #expect(fixture.probe() == 0)
        fixture.fail(0)
      }
      fixture.pass(.seconds(30))
      fixture.succeed(0)
      fixture.pass(healthy)
      fixture.fail(0)
      guard case .ejected(let until) = fixture.standing(0) else { return #expect(Bool(false), "not ejected") }
      #expect((until - fixture.now).inSeconds == expected)
    }
  }

  // MARK: What comes late

  @Test func whatBeganBeforeAnEjectionOrAReturnSaysNothing() {
    var fixture = BoardFixture(count: 2)
    let before = fixture.now
    fixture.pass(.milliseconds(10))
    fixture.fail(0)
    let ejected = fixture.standing(0)
    fixture.pass(.milliseconds(1))
    // Others of the same time fail, or are answered by a connection that lives on.
    #expect(fixture.fail(0, began: before).isEmpty)
    #expect(fixture.succeed(0, began: before).isEmpty)
    #expect(fixture.standing(0) == ejected)
    fixture.pass(.seconds(2))
    #expect(fixture.fail(0, began: before).isEmpty)
    #expect(fixture.probe() == 0)
    fixture.succeed(0)
    #expect(fixture.standing(0).isReturning)
    fixture.pass(.milliseconds(1))
    #expect(fixture.fail(0, .connectTimeout, began: before).isEmpty)
    #expect(fixture.fail(0, .connectTimeout).count == 1)
  }

  @Test func endpointsThatDoNotExistChangeNothing() {
    var fixture = BoardFixture(count: 2, policy: BoardFixture.policy { $0.usesChecks = true })
    let view = fixture.view
    for index in [-1, 2, 5000] {
      let events: [HealthEvent] = [
        .failed(index, .connectRefused, exchange: 1, began: fixture.now), .probeLost(index), .drained(index),
        .succeeded(index, is5xx: false, began: fixture.now), .undrained(index), .checked(index, .passed),
        .counted(index, answers: 1, answers5xx: 0),
      ]
      for event in events { #expect(fixture.handle(event).isEmpty) }
    }
    #expect(fixture.view == view)
  }
}
