import SluiceCore
import Testing

@Suite struct CheckTests {
  private static func fixture(rise: Int = 2, fall: Int = 3) -> BoardFixture {
    BoardFixture(
      count: 2,
      policy: BoardFixture.policy {
        $0.usesChecks = true
        $0.rise = rise
        $0.fall = fall
      })
  }

  @Test(arguments: [(1, 1), (2, 3), (5, 4)])
  func fallTakesOutAndRiseBringsBack(_ rise: Int, _ fall: Int) {
    var fixture = Self.fixture(rise: rise, fall: fall)
    for _ in 1..<fall { #expect(fixture.handle(.checked(0, .unexpectedStatus(503))).isEmpty) }
    fixture.handle(.checked(0, .passed))
    for _ in 1..<fall { #expect(fixture.handle(.checked(0, .failed(.connectTimeout))).isEmpty) }
    let out = fixture.handle(.checked(0, .unexpectedStatus(503)))
    #expect(out.map(\.after) == [.unhealthy])
    #expect(out.first?.reason == .checksFailed(.unexpectedStatus(503), count: fall))
    for _ in 1..<rise { #expect(fixture.handle(.checked(0, .passed)).isEmpty) }
    fixture.handle(.checked(0, .failed(.connectRefused)))
    for _ in 1..<rise { #expect(fixture.handle(.checked(0, .passed)).isEmpty) }
    let back = fixture.handle(.checked(0, .passed))
    #expect(back.map(\.after) == [.returning(until: fixture.now + .seconds(10))])
    #expect(back.first?.reason == .checksPassed(count: rise))
  }

  @Test func aCheckThatFailedOnOurSideSaysNothing() {
    var fixture = Self.fixture()
    for _ in 0..<2 { fixture.handle(.checked(0, .failed(.connectRefused))) }
    for _ in 0..<20 { #expect(fixture.handle(.checked(0, .inconclusive)).isEmpty) }
    #expect(fixture.standing(0) == .healthy)
    #expect(fixture.handle(.checked(0, .failed(.connectRefused))).map(\.after) == [.unhealthy])
    fixture.handle(.checked(0, .passed))
    fixture.handle(.checked(0, .inconclusive))
    #expect(fixture.handle(.checked(0, .passed)).count == 1)
  }

  @Test func checksMayTakeOutAll() {
    var fixture = Self.fixture()
    for index in 0..<2 { for _ in 0..<3 { fixture.handle(.checked(index, .failed(.connectRefused))) } }
    #expect(fixture.view.tiers.isEmpty && fixture.view.fallback == .panic)
    // What requests see in panic mode does not overrule the checks.
    fixture.succeed(0)
    fixture.fail(1)
    #expect(fixture.standing(0) == .unhealthy && fixture.standing(1) == .unhealthy)
  }

  @Test func aCheckIsAProbeOnceTheTimeIsOver() {
    var fixture = Self.fixture()
    fixture.fail(0)
    fixture.handle(.checked(0, .passed))
    #expect(fixture.standing(0).isEjected)
    fixture.pass(.seconds(1))
    #expect(fixture.handle(.checked(0, .passed)).first?.reason == .checksPassed(count: 1))
    #expect(fixture.standing(0).isReturning)

    fixture = Self.fixture()
    fixture.fail(0)
    fixture.pass(.seconds(1))
    fixture.handle(.checked(0, .failed(.connectRefused)))
    #expect(fixture.standing(0) == .ejected(until: fixture.now + .seconds(2)))
    #expect(fixture.reason(0) == .probeFailed(.connectRefused))
  }

  @Test func withoutChecksTheirResultsAreNotHeard() {
    var fixture = BoardFixture(count: 2)
    for _ in 0..<9 { fixture.handle(.checked(0, .failed(.connectRefused))) }
    #expect(fixture.view.isPlain)
  }
}
