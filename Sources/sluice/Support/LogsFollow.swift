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
    let end = await EndFlag.onSignals()
    _ = await source.scan.run(
      onPause: { result in
        var now = story
        now.take(result.tally)
        var report = LogsReporting(source: source).report(now, result)
        if redact { report = report.redacted(by: &redaction) }
        tell(news.take(report), of: report)
        try? await Task.sleep(for: Following.pause)
        return !end.isSet
      }, onEntry: { story.take($0) })
  }

  private func tell(_ problems: [LogProblem], of report: LogReport) {
    guard !json else {
      if !problems.isEmpty, let line = try? JSONText.line(report) { Terminal.say(line) }
      return
    }
    for problem in problems {
      let lines = LogProblemLines(problem: problem, number: nil, screen: Terminal.screen()).lines
      Terminal.say(lines.joined(separator: "\n") + "\n")
    }
  }
}
