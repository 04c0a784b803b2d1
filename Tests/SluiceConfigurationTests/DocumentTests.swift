import SluiceConfiguration
import Testing

/// What is told alone, because there is nothing to go on with.
@Suite struct DocumentTests {
  @Test(arguments: [
    Case("", "error: the file is empty; it needs at least listeners and upstreams"),
    Case("# only a comment\n", "error: the file is empty; it needs at least listeners and upstreams"),
    Case("---\n...\n", "error: the file is empty; it needs at least listeners and upstreams"),
    Case("- a\n", "1:1: error: the file is a list; expected a mapping with keys such as 'name' and 'listeners'"),
    Case("hello", "1:1: error: the file is 'hello'; expected a mapping with keys such as 'name' and 'listeners'"),
    Case(
      "a: b: c", "1:5: error: a second ':' in one value, or wrong indentation; put a value that contains ': ' in quotes"
    ),
    Case("a:\n\t- b\n", "2:1: error: a tab cannot indent YAML; use spaces"),
    Case("a: @b\n", "1:4: error: a value cannot begin with '@' or '`' unless it is in quotes"),
    Case(
      "a: [b\nc: d\n",
      "2:2: error: the file is not YAML: did not find expected ',' or ']' (while parsing a flow sequence, line 1)"),
    Case("a: 1\n---\nb: 1\n", "2:1: error: a second document begins here; only one is read"),
    Case("a: 1\nb: 2\na: 3\n", "3:1: error: key 'a' appears more than once in this mapping, first on line 1"),
    Case(
      "x:\n  'a': 1\n  b: { a: 1 }\n  \"a\": 3\n",
      "4:3: error: key 'a' appears more than once in this mapping, first on line 2"),
    Case("a: { b: 1, b: 2 }\n", "1:6: error: key 'b' appears more than once in this mapping"),
    Case("a: *b\n", "1:4: error: alias '*b' has no anchor '&b' before it"),
    Case("x: &bb 1\na: *b\n", "2:4: error: alias '*b' has no anchor '&b' before it; did you mean '*bb'?"),
    Case("x: &a 1\n*a : 2\n", "2:1: error: a key must be plain text, neither a list, a mapping nor an alias"),
    Case("? [a]\n: 1\n", "1:3: error: a key must be plain text, neither a list, a mapping nor an alias"),
    Case(
      "a: &a {}\nb:\n  <<: *a\n",
      "3:3: error: merging with '<<' is not supported; use an alias for a whole value, such as 'timeouts: *slow'"),
    Case("a: !include b\n", "1:4: error: YAML tags are not supported; remove '!include'"),
    Case("a: 1\u{1}\n", "1:5: error: the file is not YAML: control characters are not allowed"),
  ])
  func alone(_ test: Case) {
    #expect(diagnose(test.text) == test.diagnostics)
  }

  @Test func depthIsBounded() {
    let fits = valid + "x: " + String(repeating: "[", count: 31) + String(repeating: "]", count: 31)
    #expect(diagnose(fits).map { $0.contains("unknown key 'x'") } == [true])
    for depth in [32, 900, 200_000] {
      let text = valid + "x: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      let diagnostics = diagnose(text)
      #expect(diagnostics.count == 1)
      #expect(diagnostics.first?.hasSuffix("error: lists and mappings are nested more than 32 deep") == true)
    }
  }

  /// In each text an alias stands for aliases that stand for aliases, as values, as parts of keys and as keys.
  @Test(arguments: ["a%d: &a%d [*a%p, *a%p, *a%p]", "? &a%d [*a%p, *a%p, *a%p]\n: 1", "? &a%d { *a%p : *a%p }\n: *a%p"])
  func aliasesCannotMakeAFileLarge(line: String) {
    let lines = (1...60).map {
      line.replacing("%d", with: String($0)).replacing("%p", with: String($0 - 1))
    }
    let start = ContinuousClock.now
    #expect(!diagnose("a0: &a0 [x, x]\n" + lines.joined(separator: "\n")).isEmpty)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func aChainOfAliasesCannotMakeItDeep() {
    let lines = (1...60).map { "a\($0): &a\($0) [*a\($0 - 1)]" }
    #expect(
      diagnose("a0: &a0 [x]\n" + lines.joined(separator: "\n")) == [
        "31:12: error: lists and mappings are nested more than 32 deep"
      ])
  }

  @Test func anAliasIsToldWhereItIsUsed() {
    let text = valid + "drain: { delay: &d 5x, deadline: *d }\n"
    #expect(diagnose(text).map { $0.prefix { $0 != " " } } == ["8:17:", "8:34:"])
  }

  @Test func aTextThatHasTheMarkersOfTheParser() throws {
    let text =
      valid.replacing("# the end", with: "# \u{E000}\u{E001}") + "routes:\n  - { name: '\u{E000}*', upstream: api }"
    #expect(try configure(text).routes.first.map { "\($0)".contains("\u{E000}*") } == true)
  }

  @Test func theTextItselfIsBounded() {
    #expect(
      diagnose(String(repeating: "#", count: (1 << 20) + 1)) == [
        "error: the file is larger than 1 MiB, which no configuration needs"
      ])
  }
}
