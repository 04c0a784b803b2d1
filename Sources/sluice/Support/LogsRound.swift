import Foundation
import SluiceLogs

/// Reads all logs to their end and tells what they hold.
struct LogsRound {
  let source: LogsSource
  let json: Bool
  let html: String?
  let redact: Bool

  func run() async throws {
    var story = LogStory(logs: source.scan.sets.count)
    var progress = LogsProgress(total: source.bytes, start: WallClock.milliseconds())
    let result = await source.scan.run(onProgress: { progress.show($0) }, onEntry: { story.take($0) })
    ProgressLine.clear()
    story.take(result.tally)
    var report = LogsReporting(source: source).report(story, result)
    if redact {
      var redaction = Redaction()
      report = report.redacted(by: &redaction)
    }
    if let html { try write(report, to: html) }
    if json {
      Terminal.say(try JSONText.line(report))
    } else {
      Terminal.say(LogsPage(report: report, screen: Terminal.screen(), top: source.top).lines.joined(separator: "\n"))
    }
    try LogsReporting(source: source).end(report)
  }

  private func write(_ report: LogReport, to path: String) throws {
    let time = Moments.full(WallClock.milliseconds())
    let page = LogReportPage(
      report, summary: LogsPage.summary(report), maker: "Written by sluice logs \(Version.text), \(time).")
    do {
      try Data(page.html.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      Terminal.complain(
        "error: \(PlainText.shown(path)): the report could not be written: \(error.localizedDescription)")
      throw ExitStatus.failed.code
    }
  }
}
