extension Rule {
  /// Words that tell of one machine or one way of working, and mean nothing to a reader elsewhere.
  static let foreignWords = Rule(
    why: "the repository is read and built on machines that know nothing of this one",
    instead: "write a path relative to the repository, or an example address",
    // Spelled in two parts, so that the rule does not find itself.
    find: { file in
      matches(#"(/wo"# + #"rk/|/tmp/[a-z]/|/ro"# + #"ot/|/ho"# + #"me/[a-z])"#, in: file.lines) {
        "\($0) is a path of one machine"
      }
    })

  static let changelog = Rule(
    why: "a reader finds what changed for him, in the version he has",
    instead:
      "`## [1.2.3] - 2026-01-31` or `## Unreleased`; under it `### Added`, `### Changed`, `### Fixed` or `### Removed` "
      + "with list items",
    applies: { $0.path == "CHANGELOG.md" },
    find: { file in
      var mistakes: [(Int, String)] =
        file.lines.first == "# Changelog" ? [] : [(1, "the first line is not # Changelog")]
      var isInSection = false
      var isInKind = false
      for (index, line) in file.lines.enumerated().dropFirst() {
        if line.hasPrefix("## ") {
          isInSection = true
          isInKind = false
          if !matches(line, #"## (Unreleased|\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d)"#) {
            mistakes.append((index + 1, "\(line)"))
          }
        } else if line.hasPrefix("### ") {
          isInKind = true
          if !matches(line, "### (Added|Changed|Fixed|Removed)") { mistakes.append((index + 1, "\(line)")) }
        } else if line.hasPrefix("#") {
          mistakes.append((index + 1, "a heading of another level: \(line)"))
        } else if isInSection, !isInKind, line.hasPrefix("- ") {
          mistakes.append((index + 1, "an entry of no kind"))
        } else if isInKind, !line.isEmpty, !line.hasPrefix("- "), !line.hasPrefix("  ") {
          mistakes.append((index + 1, "text that is no list item"))
        }
      }
      return mistakes
    })

  /// `0004-strict-wire.md` with its date and what is decided.
  static let decisionRecords = Rule(
    why: "a decision is found by its number and judged by what it was made from",
    instead: "`# 0004: Title`, then `Date: 2026-11` or a day, and the sections Context, Decision and Consequences",
    applies: { $0.path.hasPrefix("docs/adr/") },
    find: { file in
      let number = file.baseName.prefix(4)
      var mistakes: [(Int, String)] = []
      if !matches(file.path, #"docs/adr/\d{4}-[a-z0-9-]+\.md"#) { mistakes.append((1, "the file's name")) }
      if file.lines.first?.hasPrefix("# \(number): ") != true {
        mistakes.append((1, "the title is not `# \(number): …`"))
      }
      if !file.lines.contains(where: { matches($0, #"Date: \d{4}-\d\d(-\d\d)?"#) }) { mistakes.append((1, "no date")) }
      for section in ["## Context", "## Decision", "## Consequences"] where !file.lines.contains(section) {
        mistakes.append((1, "no section \(section)"))
      }
      return mistakes
    })

  /// Relative links whose file or heading does not exist.
  static let links = Rule(
    why: "a link that leads nowhere stops a newcomer",
    instead: "correct the path or the heading",
    applies: { $0.path.hasSuffix(".md") },
    find: { file in
      relativeLinks(in: file).compactMap { line, link in
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
        let path = parts[0].isEmpty ? file.path : resolve(String(parts[0]), in: folder)
        guard path == file.path || Repository.exists(path) else { return (line, "\(link) does not exist") }
        guard parts.count == 2, path.hasSuffix(".md") else { return nil }
        let target = path == file.path ? file : Repository.file(path)
        return target.map(anchors)?.contains(String(parts[1])) == true
          ? nil : (line, "\(link): no such heading")
      }
    })

  // MARK: Reading Markdown

  /// Line and target of each link that leads to a file of ours. Code blocks are left out.
  static func relativeLinks(in file: SourceFile) -> [(line: Int, link: String)] {
    guard let regex = expression(#"\]\(([^)\s]+)\)"#) else { return [] }
    var isInCode = false
    return file.lines.enumerated().flatMap { index, line -> [(Int, String)] in
      if line.trimmed.hasPrefix("```") { isInCode.toggle() }
      guard !isInCode else { return [] }
      return line.matches(of: regex).compactMap { match in
        guard let link = match.output[1].substring, !link.contains("://"), !link.hasPrefix("mailto:") else {
          return nil
        }
        return (index + 1, String(link))
      }
    }
  }

  /// The names that headings have in links: lower case, spaces to hyphens, punctuation dropped.
  static func anchors(of file: SourceFile) -> Set<String> {
    var isInCode = false
    return Set(
      file.lines.compactMap { line -> String? in
        if line.trimmed.hasPrefix("```") { isInCode.toggle() }
        guard !isInCode, line.hasPrefix("#") else { return nil }
        let text = line.drop { $0 == "#" }.trimmed.lowercased()
        return String(text.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : nil })
      })
  }

  static func resolve(_ link: String, in folder: String) -> String {
    var parts = folder.isEmpty ? [] : folder.split(separator: "/").map(String.init)
    for part in link.split(separator: "/") {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }

  private static func matches(_ text: String, _ pattern: String) -> Bool {
    expression(pattern).map { text.wholeMatch(of: $0) != nil } ?? false
  }
}
