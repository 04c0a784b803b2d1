import Testing

@testable import SluiceGateway

@Suite("Tallies by name, within a bound")
struct TallyShelfTests {
  private final class Tally {}

  private func shelf(_ countMax: Int) -> TallyShelf<String, Tally> {
    TallyShelf(countMax: countMax, other: "other") { Tally() }
  }

  @Test("a name keeps its tally over generations, also while it is gone")
  func keeps() {
    var shelf = shelf(10)
    let first = shelf.adopt(["a", "b", "a"])
    #expect(first[0] === first[2] && first[0] !== first[1])
    _ = shelf.adopt(["b"])
    let third = shelf.adopt(["c", "a", "b"])
    #expect(third[1] === first[0] && third[2] === first[1])
    #expect(shelf.tallies.count == 3 && shelf.leftOut == 0)
  }

  @Test("beyond the bound names share one, and are counted")
  func bound() {
    var shelf = shelf(4)
    let adopted = shelf.adopt(["a", "b", "c", "d", "e", "d"])
    #expect(shelf.tallies.count == 4 && shelf.leftOut == 2)
    #expect(adopted[3] === adopted[4] && adopted[3] === shelf.tallies["other"] && adopted[3] !== adopted[2])
    // A generation that fits leaves nobody out; what was counted as other stays.
    let second = shelf.adopt(["a", "e", "f"])
    #expect(shelf.leftOut == 0 && second[0] === adopted[0] && shelf.tallies["other"] === adopted[3])
    #expect(Set(shelf.tallies.keys) == ["a", "e", "f", "other"])
  }

  @Test("names that are gone make room only where it is needed, and those that stay keep theirs")
  func room() {
    var shelf = shelf(4)
    let first = shelf.adopt(["a", "b"])
    _ = shelf.adopt(["a", "c"])
    #expect(Set(shelf.tallies.keys) == ["a", "b", "c"])
    let third = shelf.adopt(["a", "d"])
    #expect(Set(shelf.tallies.keys) == ["a", "d"] && third[0] === first[0] && shelf.leftOut == 0)
  }

  @Test("a name that is the shared one's is counted with it")
  func other() {
    var shelf = shelf(3)
    let adopted = shelf.adopt(["other", "a", "b"])
    #expect(shelf.tallies.count <= 3 && adopted[0] === shelf.tallies["other"])
  }
}
