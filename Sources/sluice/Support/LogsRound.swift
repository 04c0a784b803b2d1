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
    let reporting = LogsReporting(source: source)
    reporting.complain(of: result)
    var report = reporting.report(story, result)
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
    try reporting.end(result, hasFailures: report.hasFailures)
  }

  private func write(_ report: LogReport, to path: String) throws {
    let time = Moments.full(WallClock.milliseconds())
    let page = LogReportPage(
      report, summary: LogsPage.summary(report), maker: "Written by sluice logs \(Version.text), \(time).")
    do {
      try Data(page.html.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      Terminal.complain("error: \(PlainText.shown(path)): the report could not be written: \(Self.reason(path, error))")
      throw ExitStatus.failed.code
    }
    Terminal.complain("sluice: \(PlainText.shown(path)): the report was written")
  }

  /// What the file system says, and what to do.
  private static func reason(_ path: String, _ error: any Error) -> String {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      return "there is no folder \(PlainText.shown(folder)): make it, or name a file elsewhere"
    }
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return "it is a folder: name a file in it"
    }
    if !FileManager.default.isWritableFile(atPath: folder) {
      return "this user may not write to \(PlainText.shown(folder)): name a file elsewhere"
    }
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let cause, cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(cause.code)))
  }
}
