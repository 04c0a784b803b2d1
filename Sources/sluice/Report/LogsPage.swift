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
      sections.append(["\(Amounts.count(report.problems.count - top, "more problem")): --top shows them"])
    }
    sections += [causes, remarks, unrecognised]
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  // MARK: What it is about

  private var head: [String] {
    let title = WordWrap.lines(Self.summary(report), width: screen.width)
    let span = LogMoments.span(report.first, report.last).map { WordWrap.lines($0, width: screen.width) } ?? []
    return title.map { screen.paint($0, report.hasFailures ? .boldRed : .green) } + span + logs
  }

  /// `2 problems: 1,204 of 90,120 requests failed, 33 more were saved by a retry`.
  static func summary(_ report: LogReport) -> String {
    let failed = report.failed
    guard report.hasFailures else { return nothing(report) }
    let problems = Amounts.count(report.problems.count, "problem")
    let whole = report.requests > 0 ? " of \(Numbers.plain(report.requests))" : ""
    let noun = report.requests > 0 ? "requests" : failed == 1 ? "request" : "requests"
    let saved = report.saved > 0 ? ", \(Numbers.plain(report.saved)) more were saved by a retry" : ""
    return "\(problems): \(Numbers.plain(failed))\(whole) \(noun) failed\(saved)"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(Numbers.plain(number)) \(noun)\(number == 1 ? "" : "s")"
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
      ? "No failures\(causes) in \(Self.count(report.requests, "request"))."
      : "No failures\(causes) in \(Self.count(report.counted, "line"))."
  }

  private var logs: [String] {
    report.logs.flatMap { log in
      let names =
        log.files.count > 2 ? "\(log.files[0]) and \(log.files.count - 1) more" : log.files.joined(separator: ", ")
      let formats = log.formats.isEmpty ? "no known form" : log.formats.prefix(3).joined(separator: ", ")
      let known =
        log.recognised + log.blank == log.lines
        ? Amounts.count(log.lines, "line") : "\(Numbers.plain(log.recognised)) of \(Amounts.count(log.lines, "line"))"
      let text = PlainText.shown("\(names): \(formats), \(known)")
      return WordWrap.lines(text, width: screen.width, rest: "  ").map { screen.paint($0, .dim) }
    }
  }

  // MARK: All causes

  private static let columns = [
    Table.Column(title: "COUNT", isRight: true), Table.Column(title: "CAUSE", narrowest: 16, usual: 16),
    Table.Column(title: "WHO", narrowest: 6), Table.Column(title: "SURE"),
    Table.Column(title: "STATUS", narrowest: 8), Table.Column(title: "FIRST"), Table.Column(title: "LAST"),
    Table.Column(title: "WHERE", narrowest: 8),
  ]

  private var causes: [String] {
    guard !report.causes.isEmpty else { return [] }
    let table = Table(columns: Self.columns, yielding: [7, 4, 1, 2])
    let rows = report.causes.prefix(max(top, 10)).map { cause in
      [
        Table.Cell(Numbers.plain(cause.count)), Table.Cell(PlainText.shown(cause.cause)),
        Table.Cell(PlainText.shown(cause.who)), Table.Cell(cause.sure.rawValue),
        Table.Cell(PlainText.shown(LogMoments.counts(cause.statuses))), Table.Cell(LogMoments.clock(cause.first)),
        Table.Cell(LogMoments.clock(cause.last)),
        Table.Cell(PlainText.shown(LogMoments.names(cause.upstreams))),
      ]
    }
    let widths = table.widths(for: rows, screen: screen)
    let more = report.causes.count - rows.count
    let end = more > 0 ? ["\(Amounts.count(more, "more cause")): --top shows them"] : []
    return [screen.paint("All causes", .bold), table.head(widths, screen: screen)]
      + rows.map { table.line($0, widths, screen: screen) } + end
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
