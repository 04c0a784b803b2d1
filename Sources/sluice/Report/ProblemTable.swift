import SluiceIncidents

/// Problems as a table: a line each where the screen is wide enough, else two.
struct ProblemTable {
  let screen: Screen
  /// Unix time in milliseconds.
  private let now: Int64
  private let widths: [Int]
  private let isWide: Bool
  /// What explains an example, before its ID.
  private let whyCommand: String

  private static let shortColumns = [
    Table.Column(title: "STATE", usual: 7), Table.Column(title: "CAUSE", narrowest: 16, usual: 16),
    Table.Column(title: "WHO", narrowest: 6, usual: 11), Table.Column(title: "COUNT", isRight: true, usual: 6),
    Table.Column(title: "PER MIN", isRight: true), Table.Column(title: "FIRST SEEN", isRight: true, usual: 10),
    Table.Column(title: "LAST SEEN", isRight: true, usual: 10),
  ]
  private static let short = Table(columns: shortColumns, yielding: [2, 1])
  private static let wide = Table(
    columns: shortColumns + [Table.Column(title: "EXAMPLE", usual: 26), Table.Column(title: "WHERE")], yielding: [])

  init(for problems: [Problem], now: Int64, screen: Screen, whyCommand: String = "sluice why") {
    self.whyCommand = whyCommand
    self.screen = screen
    self.now = now
    let wide = Self.wide.widths(for: problems.map { Self.row($0, now: now, isWide: true) }, screen: screen)
    isWide = Self.wide.fits(wide, screen: screen)
    widths =
      isWide
      ? wide : Self.short.widths(for: problems.map { Self.row($0, now: now, isWide: false) }, screen: screen)
  }

  var head: String { (isWide ? Self.wide : Self.short).head(widths, screen: screen) }

  func lines(_ problem: Problem) -> [String] {
    let row = Self.row(problem, now: now, isWide: isWide)
    let line = (isWide ? Self.wide : Self.short).line(row, widths, screen: screen)
    guard !isWide else { return [line] }
    let indent = String(repeating: " ", count: 8)
    let place = WordWrap.lines(Self.place(problem), width: screen.width, first: indent, rest: indent)
    guard let example = problem.example else { return [line] + place }
    return [line] + place + [indent + PlainText.shown(whyCommand) + " " + screen.paint(PlainText.shown(example), .cyan)]
  }

  private static func row(_ problem: Problem, now: Int64, isWide: Bool) -> [Table.Cell] {
    let isOngoing = problem.state == .ongoing
    let short = [
      Table.Cell(problem.state.rawValue, isOngoing ? .red : .dim), Table.Cell(PlainText.shown(problem.key.cause)),
      Table.Cell(PlainText.shown(problem.who)), Table.Cell("\(problem.count)"),
      Table.Cell(isOngoing ? "\(problem.lastMinute)" : "-"), Table.Cell(Amounts.ago(problem.firstSeen, now: now)),
      Table.Cell(Amounts.ago(problem.lastSeen, now: now)),
    ]
    guard isWide else { return short }
    return short + [Table.Cell(PlainText.shown(problem.example ?? "-"), .cyan), Table.Cell(place(problem))]
  }

  /// As far as the exchange came: route, upstream, endpoint.
  private static func place(_ problem: Problem) -> String {
    let key = problem.key
    let parts = [
      key.route.map { "route \(PlainText.shown($0))" }, key.upstream.map { "upstream \(PlainText.shown($0))" },
      key.endpoint.map { PlainText.shown($0) },
    ].compactMap { $0 }
    return parts.isEmpty ? "before a route" : parts.joined(separator: ", ")
  }

  /// The line below the table.
  static func totals(_ problems: [Problem]) -> String {
    guard !problems.isEmpty else { return "no problems" }
    let ongoing = problems.filter { $0.state == .ongoing }.count
    let incidents = problems.reduce(Int64(0)) { $0.addingReportingOverflow($1.count).partialValue }
    return
      "\(Amounts.count(problems.count, "problem")), \(ongoing) ongoing; \(Amounts.count(incidents, "incident")) in all"
  }
}
