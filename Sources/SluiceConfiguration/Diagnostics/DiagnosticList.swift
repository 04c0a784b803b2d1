/// Collects the diagnostics of one file.
struct DiagnosticList {
  let file: String
  private let lines: [Substring]
  /// Numbers of lines that are not shown.
  private var concealedLines: Set<Int>
  private var kept: [Diagnostic] = []
  private var seen: Set<Place> = []
  private var dropped = 0
  private(set) var hasErrors = false

  /// A value that is used through several aliases is checked several times, and told once.
  private struct Place: Hashable {
    var position: Position
    var what: String
  }

  /// `text` is nil where there is none to show lines of.
  init(file: String, text: String? = nil) {
    self.file = file
    lines = text?.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) ?? []
    concealedLines = Concealment.lines(lines)
  }

  /// No line of these is shown with a diagnostic that is added later.
  mutating func conceal(_ lines: Set<Int>) { concealedLines.formUnion(lines) }

  /// The suggestion is looked for only where the diagnostic is kept: a file full of mistakes costs no search for each.
  mutating func add(
    _ severity: Diagnostic.Severity, _ what: String, at position: Position,
    suggestion: @autoclosure () -> String? = nil
  ) {
    if severity == .error { hasErrors = true }
    guard seen.count < ConfigurationBounds.diagnostics else {
      dropped += 1
      return
    }
    guard seen.insert(Place(position: position, what: what)).inserted else { return }
    let excerpt =
      position.line > 0 && position.line <= lines.count && !concealedLines.contains(position.line)
      ? Quoting.plain(lines[position.line - 1], limit: ConfigurationBounds.excerptCharacters) : nil
    kept.append(
      Diagnostic(
        severity: severity, file: file, position: position, what: what,
        suggestion: suggestion().map { Quoting.plain($0, limit: ConfigurationBounds.quotedCharacters) },
        excerpt: excerpt)
    )
  }

  /// In the order of the file, with a last line for those that were not kept.
  var sorted: [Diagnostic] {
    // The sort is stable by hand: two at one place stay in the order in which they were found.
    let ordered = kept.enumerated().sorted {
      ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
    }
    var result = ordered.map(\.element)
    if dropped > 0 {
      result.append(
        Diagnostic(
          severity: hasErrors ? .error : .warning, file: file, position: .whole,
          what: "\(dropped) more \(dropped == 1 ? "was" : "were") found and not listed", suggestion: nil, excerpt: nil))
    }
    return result
  }
}
