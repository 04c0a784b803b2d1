/// Finds functions and their bodies by counting brackets in code without comments and literals.
struct FunctionReader {
  struct Function {
    var name: String
    /// From 1.
    var line: Int
    /// Lines from the declaration to the closing brace.
    var lineCount: Int
  }

  /// Words that may stand at the beginning of a declaration's next line.
  private static let continuations = ["{", "->", "throws", "async", "where", "rethrows"]

  static func functions(in code: [String]) -> [Function] {
    guard let regex = expression(#"\b(?:func\s+(\S+?)\s*[(<]|(init)[?]?\s*[(<]|(subscript)\s*[(<]|(deinit)\s*\{)"#)
    else {
      return []
    }
    return code.enumerated().compactMap { index, line in
      guard let match = line.firstMatch(of: regex), !isCall(line, at: match.range.lowerBound) else { return nil }
      let name = (1...4).compactMap { match.output[$0].substring }.first.map(String.init) ?? "function"
      guard let end = endLine(code, from: index, column: match.range.lowerBound) else { return nil }
      return Function(name: name, line: index + 1, lineCount: end - index + 1)
    }
  }

  /// `self.init(` and `.init(` are calls.
  private static func isCall(_ line: String, at start: String.Index) -> Bool {
    start > line.startIndex && line[line.index(before: start)] == "."
  }

  /// The line of the body's closing brace; nil where there is no body, as in a protocol.
  private static func endLine(_ code: [String], from start: Int, column: String.Index) -> Int? {
    var brackets = 0
    var braces = 0
    for index in start..<code.count {
      let text = index == start ? code[index][column...] : code[index][...]
      if index > start, braces == 0, brackets == 0 {
        let next = text.trimmed
        guard continuations.contains(where: next.hasPrefix) else { return nil }
      }
      for character in text {
        switch character {
        case "(", "[": brackets += 1
        case ")", "]": brackets -= 1
        case "{" where brackets == 0 || braces > 0: braces += 1
        case "}" where braces > 0:
          braces -= 1
          if braces == 0 { return index }
        default: break
        }
      }
    }
    return nil
  }
}
