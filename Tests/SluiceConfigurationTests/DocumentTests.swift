import Foundation
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

/// Files that cannot be read.
@Suite struct FileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func load(_ bytes: [UInt8]) throws -> [String] {
    let file = folder.appending(path: "f")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = ConfigurationLoader.load(path: file.path, environment: [:])
    #expect((result.configuration == nil) == !result.errors.isEmpty)
    return result.diagnostics.map { String($0.text.dropFirst(file.path.count + 1)) }
  }

  @Test func aMissingFile() {
    let result = ConfigurationLoader.load(path: "\(folder.path)/none", environment: [:])
    #expect(result.diagnostics.map(\.text) == ["\(folder.path)/none: error: no such file"])
    #expect(result.configuration == nil)
  }

  @Test func aDirectory() {
    let result = ConfigurationLoader.load(path: folder.path, environment: [:])
    #expect(
      result.diagnostics.map(\.text) == [
        "\(folder.path): error: this is a directory; name the configuration file in it"
      ])
  }

  @Test(.timeLimit(.minutes(1))) func aPipeThatNobodyWritesTo() throws {
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let result = ConfigurationLoader.load(path: pipe, environment: [:])
    #expect(result.diagnostics.map(\.text) == ["\(pipe): error: this is not a regular file"])
  }

  @Test func aFileThatMayNotBeRead() throws {
    let file = "\(folder.path)/secret"
    try Data("a: 1".utf8).write(to: URL(filePath: file))
    #expect(chmod(file, 0) == 0)
    // The superuser may read everything.
    guard geteuid() != 0 else { return }
    let result = ConfigurationLoader.load(path: file, environment: [:])
    #expect(result.diagnostics.map(\.text) == ["\(file): error: the file cannot be opened: permission denied"])
  }

  @Test func binary() throws {
    #expect(try load([0x61, 0x0A, 0x62, 0x00]) == ["2:2: error: this is a binary file: it has a NUL byte here"])
  }

  @Test func notUTF8() throws {
    #expect(
      try load([0x61, 0x0A, 0xC3, 0xA9, 0x62, 0xFF, 0x63]) == [
        "2:3: error: this is a binary file, or not UTF-8: the bytes here are no character"
      ])
  }

  @Test func utf16() throws {
    #expect(try load([0xFF, 0xFE, 0x61, 0x00]) == [" error: the file is UTF-16; save it as UTF-8"])
  }

  @Test func aByteOrderMarkIsNoPartOfTheText() throws {
    #expect(try load([0xEF, 0xBB, 0xBF] + Array(valid.utf8)) == [])
  }

  @Test func windowsLineEnds() throws {
    #expect(try load(Array((valid.replacing("\n", with: "\r\n") + "x: 1\r\n").utf8)).map { $0.prefix(4) } == ["8:1:"])
  }

  @Test func tooLarge() throws {
    #expect(
      try load(Array(repeating: 0x23, count: (1 << 20) + 1)) == [
        " error: the file is larger than 1 MiB, which no configuration needs"
      ])
  }
}
