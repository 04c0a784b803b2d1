/// Puts the pieces of a format string together as a template.
struct TemplateBuilder {
  private var parts: [LineTemplate.Part] = []
  private var literal: [UInt8] = []
  private var used: Set<LogField> = []

  mutating func add(_ text: String) { literal += Array(text.utf8) }

  /// Adds a field, nil for one that nothing needs. The second use of a field is one that nothing needs.
  ///
  /// - Throws: where nothing stands between two fields of which one matters, so that nobody knows where the first ends.
  mutating func add(_ field: LogField?, isList: Bool = false) throws(FormatStringProblem) {
    endLiteral()
    let wanted = field.flatMap { used.insert($0).inserted ? $0 : nil }
    if case .field(let before, _, let wasList) = parts.last {
      for name in [before, wanted].compactMap({ $0 }) where [.time, .status].contains(name) {
        throw FormatStringProblem(
          sentence:
            "nothing stands between {\(name.name)} and the part beside it, so nobody knows where one of them ends",
          suggestion: nil)
      }
      parts[parts.count - 1] = .field(nil, mayBeEmpty: true, isList: isList || wasList)
      return
    }
    // A line without its time or status is another program's.
    let mayBeEmpty = wanted != .time && wanted != .status
    parts.append(.field(wanted, mayBeEmpty: mayBeEmpty, isList: isList))
  }

  mutating func template() throws(FormatStringProblem) -> LineTemplate {
    endLiteral()
    guard used.contains(where: { $0 != .extra }) else {
      throw FormatStringProblem(sentence: "the format string has no part that is known", suggestion: nil)
    }
    return LineTemplate(parts: parts)
  }

  private mutating func endLiteral() {
    guard !literal.isEmpty else { return }
    parts.append(.literal(literal))
    literal = []
  }
}
