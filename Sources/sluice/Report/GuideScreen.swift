import SluiceGuide

/// The answer of a guide page on one screen: what, who, why, how to find out, what to do.
///
/// What the screen has no room for is left out from the end of each list; `--full` has it.
struct GuideScreen {
  let page: GuidePage
  let brief: GuideBrief
  let screen: Screen
  /// Lines that may be used.
  let rows: Int

  /// A screen of this many lines or more has room for all that matters; the prompt takes one.
  static let rowsRange = 23...39

  /// nil for pages that only lead to others.
  init?(_ page: GuidePage, screen: Screen, rows: Int) {
    guard let brief = page.brief else { return nil }
    self.page = page
    self.brief = brief
    self.screen = screen
    self.rows = min(max(rows, Self.rowsRange.lowerBound), Self.rowsRange.upperBound)
  }

  var lines: [String] {
    var why = 0
    var steps = 0
    var remedies = 0
    var best = layout(why, steps, remedies)
    // The first of each list are worth more than the last of one.
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for part in [0, 1, 2, 0] {
        let wanted = (why + (part == 0 ? 1 : 0), steps + (part == 1 ? 1 : 0), remedies + (part == 2 ? 1 : 0))
        guard wanted.0 <= brief.why.count, wanted.1 <= brief.steps.count, wanted.2 <= brief.remedies.count else {
          continue
        }
        let lines = layout(wanted.0, wanted.1, wanted.2)
        guard lines.count <= rows else { continue }
        (why, steps, remedies) = wanted
        best = lines
        hasGrown = true
      }
    }
    return best
  }

  private func layout(_ why: Int, _ steps: Int, _ remedies: Int) -> [String] {
    var sections: [[String]] = [[screen.paint(page.title, .bold)] + wrapped(brief.what, "")]
    sections.append(labelled("Who", [wrapped(brief.who, Self.indent)]))
    sections.append(labelled("Why", reasons(Array(brief.why.prefix(why)))))
    sections.append(
      labelled("Find out", brief.steps.prefix(steps).enumerated().map { step($0.offset + 1, $0.element) }))
    sections.append(labelled("Do", brief.remedies.prefix(remedies).map { wrapped($0, Self.indent, first: "- ") }))
    sections.append(wrapped(more, "").map { screen.paint($0, .dim) })
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private static let indent = "          "

  /// The label stands in the first line's indentation.
  private func labelled(_ label: String, _ items: [[String]]) -> [String] {
    var lines = items.flatMap { $0 }
    guard let first = lines.first else { return [] }
    let padded = PlainText.padded(label, width: Self.indent.count)
    lines[0] = screen.paint(padded, .bold) + first.dropFirst(Self.indent.count)
    return lines
  }

  /// Causes with their names below each other where the items are of that kind.
  private func reasons(_ items: [String]) -> [[String]] {
    let parted = items.map { item -> (name: String, words: String)? in
      guard item.hasPrefix("`"), let end = item.firstRange(of: "`: ") else { return nil }
      return (Markup.plain(String(item[..<end.lowerBound]) + "`"), String(item[end.upperBound...]))
    }
    let column = parted.reduce(0) { max($0, $1.map { $0.name.count + 2 } ?? 0) }
    return zip(items, parted).map { item, parts in
      guard let parts, column < screen.width / 2 else { return wrapped(item, Self.indent, first: "- ") }
      let first = PlainText.padded(parts.name, width: column)
      return WordWrap.lines(
        Markup.plain(parts.words), width: screen.width, first: Self.indent + first,
        rest: Self.indent + String(repeating: " ", count: column))
    }
  }

  private func step(_ number: Int, _ step: GuideStep) -> [String] {
    let text = wrapped(step.text, Self.indent, first: "\(number). ")
    guard let command = step.command else { return text }
    let lines = WordWrap.command(command, width: screen.width, indent: Self.indent + "   ")
    return text + lines.map { screen.paint($0, .cyan) }
  }

  private func wrapped(_ text: String, _ indent: String, first: String = "") -> [String] {
    WordWrap.lines(
      Markup.plain(text), width: screen.width, first: indent + first,
      rest: indent + String(repeating: " ", count: first.count))
  }

  private var more: String {
    let comparison = page.related.first { $0.kind == .comparison }
    let beside = comparison.map {
      "; beside others: sluice explain \($0.name.split(separator: "-").joined(separator: " "))"
    }
    return "All of it: sluice explain \(GuideNames.asked(page.id)) --full\(beside ?? "")"
  }
}
