import SluiceIncidents
import Testing

@Suite struct NameMoveTests {
  @Test(arguments: [
    NameMove(name: "app.test", before: ["10.0.0.5"], after: ["10.0.0.7"]),
    NameMove(name: "app.test", before: ["10.0.0.5", "10.0.0.6"], after: ["::1", "10.0.0.7"]),
  ])
  func theTextTellsItAll(_ move: NameMove) {
    #expect(NameMove(text: move.text) == move)
  }

  @Test(arguments: [
    "", "api v42", "app.test leads to", "a leads to b, before it was", "x leads to before it was y z w v",
  ])
  func whatIsNoneIsNone(_ text: String) {
    #expect(NameMove(text: text) == nil)
  }

  @Test func addressesHaveABound() {
    let many = (1...9).map { "10.0.0.\($0)" }
    #expect(NameMove(name: "a", before: many, after: many).before.count == NameMove.addressesMax)
  }
}
