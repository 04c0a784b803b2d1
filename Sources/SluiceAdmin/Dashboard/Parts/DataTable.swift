internal import SluiceDiagnosis

/// A table that becomes a list of its rows where the window is narrow: each cell then tells its column. The roles stand
/// there because a browser takes what is no longer laid out as a table for no table.
struct DataTable {
  struct Column {
    var title: String
    var isNumber = false

    init(_ title: String, isNumber: Bool = false) { (self.title, self.isNumber) = (title, isNumber) }
  }

  struct Cell {
    /// The value, escaped.
    var markup: String

    static func text(_ value: String) -> Cell { Cell(markup: HTMLWriter.escaped(value)) }
    static func written(_ body: (inout HTMLWriter) -> Void) -> Cell { Cell(markup: HTMLWriter.markup(body)) }
  }

  /// What the rows are; it is read aloud, and not shown beside a heading that says the same.
  var caption: String
  var columns: [Column]
  /// The first cell of each is the row's heading.
  var rows: [[Cell]]
  /// The style's name for it; nil: it has none of its own.
  var kind: String?

  func write(to page: inout HTMLWriter) {
    page.within("table", "role=\"table\"\(kind.map { " class=\"\($0)\"" } ?? "")") { page in
      page.element("caption", "class=\"unseen\"", caption)
      page.within("thead", "role=\"rowgroup\"") { page in
        page.within("tr", "role=\"row\"") { page in
          for column in columns {
            page.element("th", "role=\"columnheader\" scope=\"col\"\(kind(column))", column.title)
          }
        }
      }
      page.within("tbody", "role=\"rowgroup\"") { page in
        for row in rows { page.within("tr", "role=\"row\"") { write(row, to: &$0) } }
      }
    }
  }

  private func write(_ row: [Cell], to page: inout HTMLWriter) {
    for (index, (cell, column)) in zip(row, columns).enumerated() {
      let label = HTMLWriter.escaped(column.title)
      if index == 0 {
        page.raw("<th role=\"rowheader\" scope=\"row\" data-label=\"\(label)\">\(cell.markup)</th>")
      } else {
        page.raw("<td role=\"cell\" data-label=\"\(label)\"\(kind(column))>\(cell.markup)</td>")
      }
    }
  }

  private func kind(_ column: Column) -> String { column.isNumber ? " class=\"number\"" : "" }
}
