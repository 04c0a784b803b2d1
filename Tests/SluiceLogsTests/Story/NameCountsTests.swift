import Testing

@testable import SluiceLogs

@Suite("Counts of names")
struct NameCountsTests {
  @Test("a frequent name among thousands of others is found, and never counted too high")
  func frequent() throws {
    var names = NameCounts()
    for index in 0..<5000 {
      names.add("n\(index)")
      if index % 4 == 0 { names.add("often") }
    }
    let top = try #require(names.top)
    #expect(top.name == "often")
    #expect(top.count <= 1250 && top.count > 1000)
    #expect(names.ranked.allSatisfy { $0.name == "often" || $0.count == 1 })
    #expect(names.ranked.count <= NameCounts.namesMax)
    #expect(names.total == 6250)
    #expect(!names.isComplete)
  }

  @Test("few names are counted exactly")
  func few() {
    var names = NameCounts()
    for name in ["a", "b", "a"] { names.add(name) }
    names.add(nil)
    #expect(names.ranked.map(\.name) == ["a", "b"])
    #expect(names.count(of: "a") == 2)
    #expect(names.isComplete)
  }
}
