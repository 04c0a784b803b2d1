import SluiceLogs

/// From a story to a report, and from a report to an exit code.
struct LogsReporting {
  let source: LogsSource

  func report(_ story: LogStory, _ result: LogScanResult) -> LogReport {
    let unread = source.problems.map { "\($0.path) was not read: \($0.sentence)." }
    return story.report(StoryInput(result, remarks: unread)).only(causes: source.causes)
  }

  /// - Throws: 1 where something failed, 3 where a log was not read or nothing was understood.
  func end(_ report: LogReport) throws {
    if !source.problems.isEmpty || report.lines > 0 && report.recognised == 0 { throw ExitStatus.failed.code }
    if report.hasFailures { throw ExitStatus.found.code }
  }
}
