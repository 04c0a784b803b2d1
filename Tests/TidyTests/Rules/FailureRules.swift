extension Rule {
  /// Every table over the failure enum names every case, so that a new one does not compile until each table knows it.
  static let failureTables = Rule(
    why: "a new cause must not get its status, owner or replay class by chance",
    instead: "name every case",
    find: { file in
      let isExtension = file.code.contains { $0.hasPrefix("extension Cause") || $0.hasPrefix("public enum Cause") }
      return switches(in: file.code).compactMap { found in
        guard let line = found.defaultLine else { return nil }
        let isCause = found.subject.lowercased() == "cause" || found.subject.hasSuffix(".cause")
        guard isCause || isExtension && found.subject == "self" else { return nil }
        return (line, "default in a switch over the failure enum")
      }
    })

  struct SwitchStatement {
    /// The last word of what is switched over, `?` removed.
    var subject: String
    /// Where `default:` or `case _:` stands at the switch's own level.
    var defaultLine: Int?
  }

  static func switches(in code: [String]) -> [SwitchStatement] {
    guard let opening = expression(#"\bswitch\s+([^{]+?)\s*\{"#),
      let fallback = expression(#"^\s*(default|case _)\s*:"#)
    else { return [] }
    return code.enumerated().compactMap { index, line in
      guard let match = line.firstMatch(of: opening), let text = match.output[1].substring else { return nil }
      var statement = SwitchStatement(subject: text.replacing("?", with: "").trimmed)
      var depth = 1
      var next = index + 1
      while next < code.count, depth > 0 {
        if depth == 1, code[next].firstMatch(of: fallback) != nil { statement.defaultLine = next + 1 }
        for character in code[next] {
          if character == "{" { depth += 1 }
          if character == "}" { depth -= 1 }
        }
        next += 1
      }
      return statement
    }
  }
}
