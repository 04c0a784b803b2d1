/// What a page is laid out for: how wide it may be, and what its reader can show.
struct Screen: Equatable, Sendable {
  /// Columns. A narrower terminal breaks the lines itself; on a wider one nobody finds the end of a line.
  static let widths = 40...200
  static let standardWidth = 80

  let width: Int
  let hasColour: Bool
  /// Whether bars may be drawn with block characters; ASCII otherwise.
  let hasUnicode: Bool

  init(width: Int = standardWidth, hasColour: Bool = false, hasUnicode: Bool = true) {
    self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
    self.hasColour = hasColour
    self.hasUnicode = hasUnicode
  }

  /// - Parameters:
  ///   - columns: of the terminal; nil where the output is none, and a pipe or file gets the standard width.
  ///   - environment: `COLUMNS` counts only beside a pipe, since it is what the shell saw last.
  init(columns: Int?, environment: [String: String]) {
    let isTerminal = columns != nil
    let asked = environment["COLUMNS"].flatMap { Int($0) }
    let dumb = environment["TERM"].map { $0 == "dumb" || $0.isEmpty } ?? true
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let coding = locale.lowercased()
    self.init(
      width: columns.flatMap { $0 > 0 ? $0 : nil } ?? asked ?? Self.standardWidth,
      hasColour: isTerminal && !dumb && environment["NO_COLOR", default: ""].isEmpty,
      hasUnicode: !(isTerminal && dumb) && (coding.contains("utf-8") || coding.contains("utf8")))
  }

  /// The text in a colour, where there are any. Lay out first: the marks have no width, but would be counted.
  func paint(_ text: String, _ ink: Ink?) -> String {
    guard hasColour, let ink, !text.isEmpty else { return text }
    return "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m"
  }

  /// What stands for text that was left out.
  var ellipsis: String { hasUnicode ? "…" : "~" }
}
