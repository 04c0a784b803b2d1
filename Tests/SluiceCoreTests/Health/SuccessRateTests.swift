import SluiceCore
import Testing

@Suite struct SuccessRateTests {
  @Test("The one that answers 5xx where its peers do not is ejected", arguments: 2...8)
  func oddOne(_ count: Int) {
    var fixture = BoardFixture(count: count)
    let changes = fixture.second((0..<count).map { ($0 == 1 ? (200, 120) : (200, 2)) })
    #expect(changes.map(\.endpoint) == [1])
    #expect(changes.first?.reason == .successRate(own: 40, others: 99))
  }

  @Test("Where all fail alike nobody is ejected", arguments: [0, 0.3, 0.9, 1], 1...6)
  func sameTrouble(_ share: Double, _ count: Int) {
    var fixture = BoardFixture(count: count)
    for _ in 0..<30 {
      let changes = fixture.second((0..<count).map { _ in (200, UInt32(200 * share)) })
      #expect(changes.isEmpty)
    }
  }

  @Test func fewAnswersSayNothing() {
    var fixture = BoardFixture(count: 3)
    #expect(fixture.second([(99, 99), (500, 0), (500, 0)]).isEmpty)
    // Together with the next second they do.
    #expect(fixture.second([(1, 1), (0, 0), (0, 0)]).map(\.endpoint) == [0])
    // A peer with few is no measure.
    fixture = BoardFixture(count: 2)
    #expect(fixture.second([(500, 500), (99, 0)]).isEmpty)
  }

  @Test func aSmallGapIsNoReason() {
    var fixture = BoardFixture(count: 5)
    #expect(fixture.second([(1000, 290), (1000, 0), (1000, 0), (1000, 0), (1000, 0)]).isEmpty)
    fixture = BoardFixture(count: 5)
    #expect(fixture.second([(1000, 301), (1000, 0), (1000, 0), (1000, 0), (1000, 0)]).map(\.endpoint) == [0])
  }

  @Test func peersThatScatterThemselvesMakeNoOddOne() {
    var fixture = BoardFixture(count: 5)
    #expect(fixture.second([(1000, 650), (1000, 600), (1000, 300), (1000, 100), (1000, 0)]).isEmpty)
  }

  @Test func oldAnswersAreForgotten() {
    var fixture = BoardFixture(count: 3)
    fixture.second([(90, 90), (90, 0), (90, 0)])
    for _ in 0..<11 { fixture.second([(0, 0), (0, 0), (0, 0)]) }
    #expect(fixture.second([(90, 90), (90, 0), (90, 0)]).isEmpty)
  }

  @Test func theCeilingHoldsHereToo() {
    var fixture = BoardFixture(count: 4)
    fixture.second([(200, 190), (200, 180), (200, 0), (200, 0)])
    for _ in 0..<5 { fixture.second([(200, 0), (200, 0), (200, 200), (200, 0)]) }
    #expect((0..<4).count { fixture.standing($0).isEjected } <= 2)
    #expect(fixture.view.availableCount >= 2)
  }
}
