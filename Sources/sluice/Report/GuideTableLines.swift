import SluiceGuide

/// A table of the guide for a terminal: columns beside each other where their texts are short or compared, else one
/// row below the other.
struct GuideTableLines {
  let table: GuideTable
  let screen: Screen
  let isComparison: Bool

  private static let indent = 2
  private static let gap = 2
  /// Narrower columns would hold a word each.
  private static let columnMin = 16
  /// More columns than that hold one short word each.
  private static let columnsOfTexts = 5

  var lines: [String] {
    if table.columns.count > Self.columnsOfTexts { return table.rows.flatMap(inOneLine) }
    let columns = table.columns.count - 1
    let width = (screen.width - Self.indent - Self.gap * (columns - 1)) / max(columns, 1)
    return isComparison && width >= Self.columnMin ? sideBySide(width) : table.rows.flatMap(stacked)
  }

  /// `connection refused: nginx 502, HAProxy 503, …`
  private func inOneLine(_ row: [String]) -> [String] {
    let cells = zip(table.columns, row).dropFirst().map { "\($0.0) \($0.1)" }
    return wrapped("\(row.first ?? ""): \(cells.joined(separator: ", "))", first: "  ", rest: "    ")
  }

  private func stacked(_ row: [String]) -> [String] {
    var rest = Array(zip(table.columns, row).dropFirst())
    var head = row.first ?? ""
    // A status needs no name and no line of its own.
    if let next = rest.first, Markup.plain(next.1).count <= Self.statusLength {
      rest.removeFirst()
      if !Self.isEmpty(next.1) { head += ": \(next.1)" }
    }
    rest.removeAll { Self.isEmpty($0.1) }
    return wrapped(head, first: "  ", rest: "  ")
      + rest.flatMap { wrapped("\($0.0): \($0.1)", first: "    ", rest: "      ") }
  }

  private func sideBySide(_ width: Int) -> [String] {
    let head = cells(Array(table.columns.dropFirst()), width).map { screen.paint($0, .bold) }
    return head
      + table.rows.flatMap { row in
        [screen.paint(PlainText.padded("", width: Self.indent) + Markup.plain(row.first ?? ""), .dim)]
          + cells(Array(row.dropFirst()), width)
      }
  }

  private static let statusLength = 7

  private static func isEmpty(_ cell: String) -> Bool { cell.isEmpty || cell == "–" }

  /// Texts wrapped in columns of their own.
  private func cells(_ texts: [String], _ width: Int) -> [String] {
    let columns = texts.map { WordWrap.lines(Markup.plain($0), width: width) }
    let height = columns.map(\.count).max() ?? 0
    return (0..<height).map { index in
      let parts = columns.map { PlainText.padded(index < $0.count ? $0[index] : "", width: width) }
      let line = parts.joined(separator: String(repeating: " ", count: Self.gap))
      return PlainText.padded("", width: Self.indent) + line.trimmedEnd
    }
  }

  private func wrapped(_ text: String, first: String, rest: String) -> [String] {
    WordWrap.lines(Markup.plain(text), width: screen.width, first: first, rest: rest)
  }
}

extension String {
  /// Without spaces at its end.
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
