import Testing

@Suite("Documents")
struct DocumentTests {
  @Test("nothing speaks of one machine")
  func foreignWords() {
    expectTidy(.foreignWords, Repository.texts)
    #expect(lines(.foreignWords, "see /wo" + "rk/a\nsee work/a and /var/log/a") == [1])
  }

  @Test("the changelog has its form")
  func changelog() {
    expectTidy(.changelog, Repository.documents)
    #expect(Repository.exists("CHANGELOG.md"))
    let good =
      "# Changelog\n\nText.\n\n## Unreleased\n\n### Added\n\n- one\n  more\n\n## [0.1.0] - 2026-11-23\n\n### Fixed\n\n- b"
    #expect(lines(.changelog, good, path: "CHANGELOG.md") == [])
    let bad = "# Changes\n## 0.1.0\n- a\n### New\ntext\n#### Deep"
    #expect(lines(.changelog, bad, path: "CHANGELOG.md") == [1, 2, 3, 4, 5, 6])
  }

  @Test("decision records have their form and follow each other")
  func decisionRecords() {
    let records = Repository.documents.filter { $0.path.hasPrefix("docs/adr/") }
    expectTidy(.decisionRecords, records)
    #expect(
      records.map { Int($0.baseName.prefix(4)) } == records.indices.map { $0 + 1 }, "a number is missing or doubled")
    #expect(lines(.decisionRecords, "# 1: A\n", path: "docs/adr/0001-a.md").count == 5)
  }

  @Test("links lead somewhere")
  func links() {
    expectTidy(.links, Repository.documents)
    let sample =
      "# A head, line\n[a](nothing.md)\n[b](#a-head-line) [c](#b)\n[d](https://example.com/x)\n[e](../README.md)"
    #expect(lines(.links, sample, path: "docs/A.md") == [2, 3])
  }

  @Test("every document is linked from the README or the architecture")
  func reachable() {
    let linked = Set(
      ["README.md", "docs/ARCHITECTURE.md"].compactMap(Repository.file).flatMap { file in
        let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
        return Rule.relativeLinks(in: file).map {
          Rule.resolve(String($0.link.prefix { $0 != "#" }), in: folder)
        }
      })
    for document in Repository.documents where document.path.hasPrefix("docs/") {
      guard document.path != "docs/ARCHITECTURE.md" || !linked.contains(document.path) else { continue }
      #expect(linked.contains(document.path), "\(document.path): link it from README.md or docs/ARCHITECTURE.md")
    }
  }

  /// Comments cite settled decisions by their number.
  @Test("every decision that a comment cites is told in the decisions")
  func citedDecisions() throws {
    let told = try #require(Repository.file("docs/DECISIONS.md"))
    let numbers = Set(told.lines.compactMap { $0.split(separator: ".").first.flatMap { Int($0) } })
    for file in Repository.sources {
      for (line, text) in Rule.matches(#"DECISIONS \d+"#, in: file.comments, { String($0) }) {
        let number = text.split(separator: " ").last.flatMap { Int($0) }
        #expect(number.map(numbers.contains) == true, "\(file.path):\(line): \(text) is not in docs/DECISIONS.md")
      }
    }
  }

  @Test("the bounds of the threat model exist in the code")
  func bounds() throws {
    let document = try #require(Repository.file("docs/THREAT-MODEL.md"))
    let code = Dictionary(grouping: Repository.sources, by: \.baseName).mapValues { files in
      files.flatMap(\.code).joined(separator: "\n")
    }
    let all = code.values.joined(separator: "\n")
    let named = Rule.matches(#"`[A-Z]\w+\.\w+`"#, in: document.lines.filter { $0.hasPrefix("|") }) { String($0) }
    #expect(named.count > 20)
    for (_, text) in named {
      let parts = text.dropFirst().dropLast().split(separator: ".")
      let declares =
        all.contains(" \(parts[0])") && Rule.matches("(let|var) \(parts[1])\\b", in: [all]) { _ in "" }.count > 0
      #expect(declares, "docs/THREAT-MODEL.md names \(text), which no source declares")
    }
  }

  @Test("the places that the architecture names exist")
  func places() throws {
    let document = try #require(Repository.file("docs/ARCHITECTURE.md"))
    let paths = Repository.sources.map(\.path)
    let named = Rule.matches(#"`[A-Z]\w+/[\w+/]*"#, in: document.lines.filter { $0.hasPrefix("|") }) { String($0) }
    #expect(named.count > 20)
    for (line, text) in named {
      let place = text.dropFirst()
      let exists = paths.contains { "/\($0)".contains("/\(place)") }
      #expect(exists, "docs/ARCHITECTURE.md: \(place) (row \(line)) is no file or folder of Sources")
    }
  }
}
