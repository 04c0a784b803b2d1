import Testing

@Suite("Words")
struct WordTests {
  @Test("names use the words of the glossary")
  func glossary() {
    expectTidy(.glossary, Repository.sources)
    #expect(lines(.glossary, "let backendURL = 1\nlet endpoint = 2\nfunc banEndpoint() {}") == [1, 3])
    #expect(lines(.glossary, "let observer = 1\nlet abandoned = 2 // the backend") == [])
    #expect(Rule.words(of: "HTTP1UpstreamConnection") == ["http1", "upstream", "connection"])
    #expect(Rule.words(of: "max_idleTimeMS") == ["max", "idle", "time", "ms"])
  }

  @Test("a note of what is to be done says what it waits for")
  func todo() {
    expectTidy(.todo, Repository.sources)
    let mark = "TO" + "DO"
    #expect(lines(.todo, "// \(mark): later\n// FIXME\nlet a = 1 // \(mark)(HTTP/2 streams): share it") == [1, 2])
    #expect(lines(.todo, "let text = \"\(mark)\"") == [])
  }

  @Test("every table over the failure enum names every cause")
  func failureTables() {
    expectTidy(.failureTables, Repository.sources)
    let table = "extension Cause {\n  var a: Int {\n    switch self {\n    case .b: 1\n    default: 2\n    }\n  }\n}"
    #expect(lines(.failureTables, table) == [5])
    #expect(lines(.failureTables, "switch record.cause {\ncase .a: 1\ncase _: 2\n}") == [3])
    let inner = "switch cause {\ncase .a:\n  switch status {\n  case 1: 1\n  default: 2\n  }\ncase .b: 3\n}"
    #expect(lines(.failureTables, inner) == [])
    #expect(lines(.failureTables, "switch code {\ncase 1: 1\ndefault: 2\n}") == [])
  }

  @Test("tests are named for what they show, not by a number")
  func testNames() {
    let rule = Rule(
      why: "a failing test says what no longer holds", instead: "name the behaviour",
      find: Rule.matches(#"\bfunc\s+(test|case|example)_?\d+\("#) { "\($0)" })
    expectTidy(rule, Repository.swiftFiles(in: "Tests"))
    #expect(lines(rule, "func test12() {}\nfunc testedTwice() {}") == [1])
  }
}
