import SluiceDiagnosis
import SluiceLogs

/// What logs of other proxies tell, for a terminal: what matters most first, each problem from verdict to lines.
struct LogsPage {
  let report: LogReport
  let screen: Screen
  /// Problems and causes that are shown.
  let top: Int

  var lines: [String] {
    var sections = [head]
    for (index, problem) in report.problems.prefix(top).enumerated() {
      sections.append(LogProblemLines(problem: problem, number: index + 1, screen: screen).lines)
    }
    if report.problems.count > top {
      let more = Numbers.count(report.problems.count - top, "more problem", "more problems")
      sections.append(["\(more): --top shows them"])
    }
    sections += [causes, remarks, unrecognised]
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  // MARK: What it is about

  private var head: [String] {
    let title = WordWrap.lines(Self.summary(report), width: screen.width)
    let span = LogMoments.span(report.first, report.last).map { WordWrap.lines($0, width: screen.width) } ?? []
    return title.map { screen.paint($0, report.hasFailures ? .boldRed : .green) } + span + logs + overview
  }

  /// Problems up to which no list of them is needed before they are told one by one.
  private static let plainMax = 2

  /// Problems of that list.
  private static let listedMax = 20

  /// A line for each problem.
  private var overview: [String] {
    guard report.problems.count > Self.plainMax else { return [] }
    return report.problems.prefix(max(top, Self.listedMax)).enumerated().map { index, problem in
      let sure = problem.verdict.sure.rawValue
      let amount =
        problem.failed > 0
        ? "\(Numbers.plain(problem.failed)) failed" : "\(Numbers.plain(problem.saved)) saved by a retry"
      let state = problem.isOngoing ? ", still going on" : ""
      let text = "  \(index + 1). \(problem.title): \(problem.verdict.cause) (\(sure)), \(amount)\(state)"
      return PlainText.cut(PlainText.shown(text), width: screen.width, ellipsis: screen.ellipsis)
    }
  }

  /// `2 problems: 1,204 of 90,120 requests failed, 33 more were saved by a retry`.
  static func summary(_ report: LogReport) -> String {
    let failed = report.failed
    guard report.hasFailures else { return nothing(report) }
    let problems = Numbers.count(report.problems.count, "problem", "problems")
    let (requests, were) = (report.requests, report.saved == 1 ? "was" : "were")
    guard failed > 0 else {
      let saved = report.saved > 0 ? ", \(Numbers.plain(report.saved)) \(were) saved by a retry" : ""
      return "\(problems): no request failed\(saved)"
    }
    let saved = report.saved > 0 ? ", \(Numbers.plain(report.saved)) more \(were) saved by a retry" : ""
    if requests > 0, failed <= requests {
      return "\(problems): \(Numbers.plain(failed)) of \(Numbers.count(requests, "request", "requests")) failed\(saved)"
    }
    // Error lines tell of more requests than the access log does: no share can be told.
    let covered = requests > 0 ? "; the access log covers only \(Numbers.count(requests, "request", "requests"))" : ""
    return "\(problems): \(Numbers.count(failed, "request", "requests")) failed\(saved)\(covered)"
  }

  private static func nothing(_ report: LogReport) -> String {
    guard report.lines > 0 else {
      if report.logs.contains(where: { !$0.problems.isEmpty }) { return "Nothing could be read." }
      return report.logs.count == 1 ? "The log is empty." : "The logs are empty."
    }
    guard report.recognised > 0 else {
      return report.lines > report.blank ? "No line is of a form that is known." : "All lines are empty."
    }
    guard report.counted > 0 else {
      let (first, last) = (report.logs.compactMap(\.first).min(), report.logs.compactMap(\.last).max())
      let begin = first.map { "begin at \(LogMoments.full($0)) and " } ?? ""
      let span = last.map { "; the logs \(begin)end at \(LogMoments.full($0)) UTC" } ?? ""
      return "No line lies in that time\(span)."
    }
    let causes = report.chosen.isEmpty ? "" : " of " + report.chosen.joined(separator: ", ")
    return report.requests > 0
      ? "No failures\(causes) in \(Numbers.count(report.requests, "request", "requests"))."
      : "No failures\(causes) in \(Numbers.count(report.counted, "line", "lines"))."
  }

  private var logs: [String] {
    report.logs.flatMap { log in
      let names =
        log.files.count > 2 ? "\(log.files[0]) and \(log.files.count - 1) more" : log.files.joined(separator: ", ")
      let formats = log.formats.isEmpty ? "no known form" : log.formats.prefix(3).joined(separator: ", ")
      let known =
        (log.recognised + log.blank == log.lines ? "" : "\(Numbers.plain(log.recognised)) of ")
        + Numbers.count(log.lines, "line", "lines")
      let text = PlainText.shown("\(names): \(formats), \(known)")
      return WordWrap.lines(text, width: screen.width, rest: "  ").map { screen.paint($0, .dim) }
    }
  }

  // MARK: All causes

  private static let columns = [
    Table.Column(title: "COUNT", isRight: true), Table.Column(title: "CAUSE"), Table.Column(title: "WHO"),
    Table.Column(title: "SURE"), Table.Column(title: "STATUS"), Table.Column(title: "FIRST"),
    Table.Column(title: "LAST"), Table.Column(title: "WHERE", narrowest: Self.placeMin),
  ]
  /// Columns of the last one, which alone is cut: an address with its port.
  private static let placeMin = 21
  /// Columns of the table that are left out where the screen is too narrow, as indices, one step after another: what is
  /// cut cannot be given to `--cause`.
  private static let leftOut: [Set<Int>] = [
    [], [6], [5, 6], [4, 5, 6], [3, 4, 5, 6], [2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7],
  ]

  private var causes: [String] {
    guard !report.causes.isEmpty else { return [] }
    let whole = report.causes.prefix(max(top, 10)).map { cause in
      [
        Table.Cell(Numbers.plain(cause.count)), Table.Cell(PlainText.shown(cause.cause)),
        Table.Cell(PlainText.shown(cause.who)), Table.Cell(cause.sure.rawValue),
        Table.Cell(PlainText.shown(LogMoments.counts(cause.statuses))), Table.Cell(LogMoments.clock(cause.first)),
        Table.Cell(LogMoments.clock(cause.last)),
        Table.Cell(PlainText.shown(LogMoments.names(cause.upstreams))),
      ]
    }
    let more = report.causes.count - whole.count
    let end = more > 0 ? ["\(Numbers.count(more, "more cause", "more causes")): --top shows them"] : []
    return [screen.paint("All causes", .bold)] + table(whole) + end
  }

  /// With as many columns as fit.
  private func table(_ rows: [[Table.Cell]]) -> [String] {
    for leftOut in Self.leftOut {
      let kept = Self.columns.indices.filter { !leftOut.contains($0) }
      let table = Table(columns: kept.map { Self.columns[$0] }, yielding: [kept.count - 1])
      let cells = rows.map { row in kept.map { row[$0] } }
      let widths = table.widths(for: cells, screen: screen)
      guard table.fits(widths, screen: screen) || leftOut == Self.leftOut.last else { continue }
      return [table.head(widths, screen: screen)] + cells.map { table.line($0, widths, screen: screen) }
    }
    return []
  }

  // MARK: The input

  private var remarks: [String] {
    report.remarks.flatMap { WordWrap.lines("Note: " + PlainText.shown($0), width: screen.width, rest: "  ") }
  }

  private var unrecognised: [String] {
    let count = report.lines - report.blank - report.recognised
    guard count > 0 else { return [] }
    let title = "\(Numbers.plain(count)) of \(Numbers.plain(report.lines)) lines were not understood"
    let samples = report.unrecognised.prefix(3).flatMap { LogProblemLines.sample($0, screen: screen) }
    let advice = "A file of your own formats teaches them: docs/LOGS.md."
    return WordWrap.lines(title + (samples.isEmpty ? "." : ", as:"), width: screen.width) + samples
      + (report.recognised == 0 ? [advice] : [])
  }
}
