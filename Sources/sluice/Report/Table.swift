/// A table for people: cells are laid out first and coloured afterwards.
struct Table {
  struct Column {
    var title: String
    /// Numbers stand right, so that their digits stand below each other.
    var isRight = false
    /// Columns that it is cut down to where the screen is narrow; nil: never cut, as an ID.
    var narrowest: Int?
    /// What it takes as long as no row needs more, so that rows that come later fit.
    var usual = 0
  }

  struct Cell: ExpressibleByStringInterpolation {
    var text: String
    var ink: Ink?

    init(_ text: String, _ ink: Ink? = nil) {
      self.text = text
      self.ink = ink
    }

    init(stringLiteral text: String) { self.init(text) }
  }

  let columns: [Column]
  /// Which columns give way first, as indices; those with a `narrowest`.
  let yielding: [Int]
  /// Between two columns.
  static let gap = 1

  /// Widths with which the rows fit, as far as they can.
  func widths(for rows: [[Cell]], screen: Screen) -> [Int] {
    var widths = columns.enumerated().map { index, column in
      rows.reduce(max(PlainText.width(column.title), column.usual)) { widest, row in
        max(widest, index < row.count ? PlainText.width(row[index].text) : 0)
      }
    }
    var excess = widths.reduce(0, +) + Self.gap * (columns.count - 1) - screen.width
    for index in yielding where excess > 0 {
      let given = min(excess, max(0, widths[index] - (columns[index].narrowest ?? widths[index])))
      widths[index] -= given
      excess -= given
    }
    return widths
  }

  func fits(_ widths: [Int], screen: Screen) -> Bool {
    widths.reduce(0, +) + Self.gap * (columns.count - 1) <= screen.width
  }

  func head(_ widths: [Int], screen: Screen) -> String {
    line(columns.map { Cell($0.title, .dim) }, widths, screen: screen)
  }

  func line(_ row: [Cell], _ widths: [Int], screen: Screen) -> String {
    let cells = zip(columns.indices, zip(row, widths)).map { index, cell in
      let text = PlainText.cut(cell.0.text, width: cell.1, ellipsis: screen.ellipsis)
      let isLast = index == columns.count - 1
      let padded =
        isLast && !columns[index].isRight
        ? text : PlainText.padded(text, width: cell.1, isRight: columns[index].isRight)
      return screen.paint(padded, cell.0.ink)
    }
    return cells.joined(separator: String(repeating: " ", count: Self.gap))
  }
}
