internal import Yams

/// Says what the YAML library found in words that tell what to do.
struct YAMLErrorReader {
  let text: String
  /// Stands for `*` in what the library quotes.
  let marker: Unicode.Scalar

  func read(_ error: YamlError) -> SourceFile.Located {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return SourceFile.Located(
        mistake: mistake(problem: problem, context: context, at: position(mark)), position: position(mark))
    case .reader(let problem, let offset, _, _):
      return SourceFile.Located(
        mistake: Mistake("the file is not YAML: \(problem)"), position: offset.map(position(offset:)) ?? .whole)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return duplicate(duplicates, near: position(context.mark))
    case .memory:
      return SourceFile.Located(mistake: Mistake("the file could not be parsed: out of memory"))
    case .no, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return SourceFile.Located(mistake: Mistake("the file is not YAML"))
    }
  }

  private func mistake(problem: String, context: YamlError.Context?, at position: Position) -> Mistake {
    if problem.hasPrefix("found character that cannot start any token") {
      switch character(at: position) {
      case "\t": return Mistake("a tab cannot indent YAML; use spaces")
      case "@", "`": return Mistake("a value cannot begin with '@' or '`' unless it is in quotes")
      case "%": return Mistake("a value cannot begin with '%' unless it is in quotes")
      default: break
      }
    }
    if problem.hasPrefix("mapping values are not allowed") {
      return Mistake("a second ':' in one value, or wrong indentation; put a value that contains ': ' in quotes")
    }
    if problem.hasPrefix("Maximum nesting level") {
      return Mistake("lists and mappings are nested more than \(ConfigurationBounds.nestingDepth) deep")
    }
    if problem.hasPrefix("but found another document") {
      return Mistake("a second document begins here; only one is read")
    }
    let started = context.map { " (\($0.text), line \($0.mark.line))" } ?? ""
    return Mistake("the file is not YAML: \(problem)\(started)")
  }

  // MARK: Duplicated keys

  /// The library tells the first of the keys; the second is the one to remove, so it is looked for in the lines below.
  private func duplicate(_ duplicates: [String], near first: Position) -> SourceFile.Located {
    let name = unmasked(duplicates.first ?? "")
    let second = secondUse(of: name, after: first)
    let earlier = second == nil ? "" : ", first on line \(first.line)"
    return SourceFile.Located(
      mistake: Mistake("key \(Quoting.quoted(name)) appears more than once in this mapping\(earlier)"),
      position: second ?? first)
  }

  private func secondUse(of name: String, after first: Position) -> Position? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated().dropFirst(first.line) {
      let scalars = line.unicodeScalars
      guard let indent = scalars.firstIndex(where: { $0 != " " }), scalars[indent] != "#" else { continue }
      let column = scalars.distance(from: scalars.startIndex, to: indent) + 1
      if column < first.column { return nil }
      let rest = line[indent...]
      let isKey = ["\(name):", "'\(name)':", "\"\(name)\":"].contains { rest.hasPrefix($0) }
      if column == first.column, isKey { return Position(line: index + 1, column: column) }
    }
    return nil
  }

  // MARK: Places

  private func position(_ mark: Mark) -> Position { Position(line: max(mark.line, 1), column: max(mark.column, 1)) }

  private func position(offset: Int) -> Position {
    var position = Position(line: 1, column: 1)
    for character in text.prefix(offset) {
      if character.isNewline {
        position = Position(line: position.line + 1, column: 1)
      } else {
        position.column += character.unicodeScalars.count
      }
    }
    return position
  }

  private func character(at position: Position) -> Unicode.Scalar? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard position.line <= lines.count else { return nil }
    return lines[position.line - 1].unicodeScalars.dropFirst(position.column - 1).first
  }

  private func unmasked(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(scalar == marker ? "*" : scalar) }
    return String(result)
  }
}
