import SluiceLogs

/// Goes on with what is written to the logs, and tells problems that are new or have grown.
struct LogsFollow {
  let source: LogsSource
  let json: Bool
  let redact: Bool

  func run() async throws {
    var story = LogStory(logs: source.scan.sets.count)
    var news = LogsNews()
    var redaction = Redaction()
    var isHeard = true
    let end = await EndFlag.onSignals()
    Terminal.complain(Self.beginning(source.scan.sets))
    let result = await source.scan.run(
      mayGoOn: { isHeard && !end.isSet }, now: WallClock.milliseconds,
      onPause: { result in
        let report = report(story, result, &redaction)
        isHeard = tell(news.take(report), of: report)
        guard isHeard else { return false }
        try? await Task.sleep(for: Following.pause)
        return !end.isSet
      }, onEntry: { story.take($0) })
    let reporting = LogsReporting(source: source)
    reporting.complain(of: result)
    let last = report(story, result, &redaction)
    // What came since the last pause.
    if isHeard, tell(news.take(last), of: last) { Self.close(last, json: json) }
    try reporting.end(result, hasFailures: last.hasFailures)
  }

  private func report(_ story: LogStory, _ result: LogScanResult, _ redaction: inout Redaction) -> LogReport {
    var now = story
    now.take(result.tally)
    let report = LogsReporting(source: source).report(now, result)
    return redact ? report.redacted(by: &redaction) : report
  }

  /// - Returns: Whether somebody still reads it.
  private func tell(_ problems: [LogProblem], of report: LogReport) -> Bool {
    guard !problems.isEmpty else { return true }
    guard !json else { return (try? JSONText.line(report)).map(Terminal.offer) ?? true }
    let pages = problems.map { LogProblemLines(problem: $0, number: nil, screen: Terminal.screen()).lines }
    return Terminal.offer(pages.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n"))
  }

  static func beginning(_ sets: [LogSet]) -> String {
    let names = sets.prefix(3).map { PlainText.shown($0.name) }.joined(separator: ", ")
    let more = sets.count > 3 ? " and \(sets.count - 3) more" : ""
    return "sluice: following \(names)\(more); SIGINT (Ctrl-C) ends it"
  }

  /// What was seen in all. A program that reads objects has it in the last one.
  private static func close(_ report: LogReport, json: Bool) {
    let text = LogsPage.summary(report)
    if json { Terminal.complain("sluice: \(text)") } else { Terminal.say(text) }
  }
}
