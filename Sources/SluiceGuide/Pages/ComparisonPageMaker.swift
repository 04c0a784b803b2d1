internal import SluiceCore

/// The page that puts codes side by side.
struct ComparisonPageMaker {
  let comparison: Comparison
  let entries: [StatusEntry]

  init(_ codes: [Int]) {
    comparison = Comparison.of(codes)
    entries = comparison.codes.map { StatusTable[$0] ?? StatusTable.unknown($0) }
  }

  var page: GuidePage {
    GuidePage(
      id: .comparison(comparison.codes),
      title: comparison.codes.map(StatusTable.text).joined(separator: " and "), lead: comparison.answer,
      sections: [
        GuideSection("table", "Side by side", [.table(table)]),
        comparison.steps.isEmpty
          ? nil : GuideSection("diagnosis", "Which one is it?", [.steps(comparison.steps)]),
        GuideSection("confusions", "How they are mixed up", list: comparison.confusions),
        matrix,
      ],
      related: entries.map { .status($0.code) })
  }

  var table: GuideTable {
    var rows = [["Phrase"] + entries.map(\.phrase)] + comparison.rows.map { [$0.aspect] + $0.cells }
    rows += [
      ["Category"] + entries.map { $0.statusClass.title },
      ["Specification"] + entries.map(\.specification),
      ["Cacheable by default"] + entries.map { $0.caching.sentence },
      ["What a client should do"] + entries.map(\.action),
      ["Try again"] + entries.map(\.retrySentence),
      ["Causes of this gateway"] + entries.map(causes),
    ]
    if comparison.rows.isEmpty { rows.insert(["Meaning"] + entries.map(\.meaning), at: 1) }
    return GuideTable(columns: [""] + comparison.codes.map { "`\(StatusTable.text($0))`" }, rows: rows)
  }

  private func causes(_ entry: StatusEntry) -> String {
    let causes = StatusStory.all[entry.code]?.causes.map(\.cause) ?? entry.allCauses
    return causes.isEmpty ? "none" : causes.prefix(4).map { "`\($0.identifier)`" }.joined(separator: ", ")
  }

  private var matrix: GuideSection? {
    let digits = comparison.codes.map(StatusTable.text)
    guard comparison.codes.allSatisfy({ $0 >= 500 && $0 <= 504 }),
      let table = SignTables.matrix(where: { row in row.answers.contains { digits.contains($0) } })
    else { return nil }
    return GuideSection(
      "answers", "Who answers which", [.paragraph("The same failure gets different codes:"), .table(table)])
  }
}
