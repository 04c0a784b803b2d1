import SluiceGuide

/// A whole page of the guide as lines for a terminal.
struct GuideLines {
  let page: GuidePage
  let screen: Screen
  /// Sections that are left out, by their names.
  var omitted: Set<String> = []

  var lines: [String] {
    var parts: [[String]] = [[screen.paint(page.title, .bold)] + wrapped(page.lead), facts]
    for section in page.sections where !omitted.contains(section.id) {
      parts.append([screen.paint(section.title, .bold)] + section.blocks.flatMap(lines))
    }
    parts.append(related)
    return Array(parts.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private var facts: [String] {
    let column = page.facts.reduce(0) { max($0, PlainText.width($1.name) + 2) }
    guard column < screen.width / 2 else { return page.facts.flatMap { wrapped("\($0.name): \($0.value)") } }
    return page.facts.flatMap { fact in
      WordWrap.lines(
        Markup.plain(fact.value), width: screen.width, first: PlainText.padded(fact.name, width: column),
        rest: String(repeating: " ", count: column))
    }
  }

  private var related: [String] {
    guard !page.related.isEmpty else { return [] }
    let items = page.related.flatMap { id -> [String] in
      let summary = Guide.summary(id)
      let sentence = id.kind == .status ? summary.title + ". " + summary.sentence : summary.sentence
      return wrapped("sluice explain \(GuideNames.asked(id)): \(sentence)", first: "  ", rest: "    ")
    }
    return [screen.paint("See also", .bold)] + items
  }

  // MARK: Blocks

  private func lines(_ block: GuideBlock) -> [String] {
    switch block {
    case .paragraph(let text): wrapped(text, first: "  ", rest: "  ")
    case .list(let items): items.flatMap { wrapped($0, first: "  - ", rest: "    ") }
    case .steps(let steps): steps.enumerated().flatMap { step($0.offset + 1, $0.element) }
    case .table(let table):
      GuideTableLines(table: table, screen: screen, isComparison: page.id.kind == .comparison).lines
    case .questions(let questions):
      questions.flatMap {
        wrapped($0.question, first: "  ", rest: "  ") + wrapped($0.answer, first: "    ", rest: "    ")
      }
    }
  }

  private func step(_ number: Int, _ step: GuideStep) -> [String] {
    let text = wrapped(step.text, first: "  \(number). ", rest: "     ")
    guard let command = step.command else { return text }
    return text
      + WordWrap.command(command, width: screen.width, indent: "     ").map { screen.paint($0, .cyan) }
  }

  private func wrapped(_ text: String, first: String = "", rest: String = "") -> [String] {
    WordWrap.lines(Markup.plain(text), width: screen.width, first: first, rest: rest)
  }
}
