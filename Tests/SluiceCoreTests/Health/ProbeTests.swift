import SluiceCore
import Testing

@Suite struct ProbeTests {
  private static func ejected(count: Int = 3) -> BoardFixture {
    var fixture = BoardFixture(count: count)
    fixture.fail(0)
    return fixture
  }

  @Test func timeAloneBringsNobodyBack() {
    var fixture = Self.ejected()
    for _ in 0..<120 { fixture.second([(0, 0), (10, 0), (10, 0)]) }
    #expect(fixture.standing(0).isEjected)
    #expect(fixture.view.nextProbe < fixture.now)
  }

  @Test func oneAtATimeAndNotBeforeItsTime() {
    var fixture = Self.ejected()
    #expect(fixture.view.nextProbe == fixture.now + .seconds(1))
    fixture.pass(.milliseconds(999))
    #expect(fixture.probe() == nil)
    fixture.pass(.milliseconds(1))
    #expect(fixture.probe(tried: [0]) == nil)
    #expect(fixture.probe(only: 1) == nil)
    #expect(fixture.probe(only: 0) == 0)
    #expect(fixture.probe() == nil)
    #expect(fixture.view.nextProbe == fixture.now + HealthBoard.probeTime)
    let changes = fixture.succeed(0)
    #expect(changes.map(\.after) == [.returning(until: fixture.now + .seconds(10))])
    #expect(changes.first?.reason == .probeSucceeded)
    #expect(fixture.view.nextProbe == .never && fixture.probe() == nil)
  }

  @Test func aLostProbeIsGrantedAgain() {
    var fixture = Self.ejected()
    fixture.pass(.seconds(1))
    #expect(fixture.probe() == 0)
    #expect(fixture.handle(.probeLost(0)).isEmpty)
    #expect(fixture.view.nextProbe <= fixture.now)
    #expect(fixture.probe() == 0)
    // Nothing is heard of this one.
    fixture.pass(HealthBoard.probeTime)
    #expect(fixture.probe() == 0)
    // The first answers after all.
    fixture.succeed(0, began: fixture.now)
    #expect(fixture.standing(0).isReturning)
  }

  @Test func eachEndpointHasItsOwn() {
    var fixture = BoardFixture(count: 5)
    for index in 0..<3 {
      fixture.fail(index)
      fixture.pass(.milliseconds(100))
    }
    fixture.pass(.seconds(5))
    // Whose time came first.
    #expect([fixture.probe(), fixture.probe(), fixture.probe(), fixture.probe()] == [0, 1, 2, nil])
    fixture.fail(1)
    fixture.succeed(2)
    #expect(fixture.standing(0).isEjected && fixture.standing(1).isEjected && fixture.standing(2).isReturning)
  }

  @Test func anAttemptOutsideOfProbesIsEvidenceToo() {
    var fixture = Self.ejected(count: 2)
    fixture.pass(.milliseconds(10))
    // A last resort before a probe was due: an answer ends the ejection, a failure does not prolong it.
    let standing = fixture.standing(0)
    fixture.fail(0)
    #expect(fixture.standing(0) == standing)
    fixture.succeed(0)
    #expect(fixture.standing(0).isReturning)
  }

  @Test func neitherDrainingNorUnhealthyEndpointsAreProbed() {
    var fixture = BoardFixture(count: 3, policy: BoardFixture.policy { $0.usesChecks = true })
    fixture.fail(0)
    fixture.pass(.seconds(2))
    fixture.handle(.drained(0))
    #expect(fixture.probe() == nil && fixture.view.nextProbe == .never)
    fixture.handle(.undrained(0))
    #expect(fixture.standing(0).isEjected, "an operator's word does not heal")
    #expect(fixture.view.nextProbe < fixture.now)
    for _ in 0..<3 { fixture.handle(.checked(0, .failed(.connectRefused))) }
    #expect(fixture.standing(0) == .unhealthy)
    fixture.pass(.seconds(60))
    #expect(fixture.probe() == nil && fixture.view.nextProbe == .never)
  }

  @Test func aServerErrorAnswersAProbeUnlessServerErrorsWereTheReason() {
    var fixture = Self.ejected()
    fixture.pass(.seconds(1))
    #expect(fixture.probe() == 0)
    fixture.succeed(0, is5xx: true)
    #expect(fixture.standing(0).isReturning)

    fixture = BoardFixture(count: 3)
    fixture.second([(200, 200), (200, 0), (200, 0)])
    #expect(fixture.reason(0) == .successRate(own: 0, others: 100))
    fixture.pass(.seconds(1))
    #expect(fixture.probe() == 0)
    fixture.succeed(0, is5xx: true)
    #expect(fixture.standing(0) == .ejected(until: fixture.now + .seconds(2)))
    #expect(fixture.reason(0) == .probeFailed(.upstreamStatus))
    fixture.pass(.seconds(2))
    fixture.succeed(0)
    #expect(fixture.standing(0).isReturning)
  }
}
