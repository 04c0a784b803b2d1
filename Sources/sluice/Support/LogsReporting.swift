import SluiceLogs

/// From a story to a report, and from a report to an exit code.
struct LogsReporting {
  let source: LogsSource

  func report(_ story: LogStory, _ result: LogScanResult) -> LogReport {
    let unread = source.problems.map { "\($0.path) was not read: \($0.sentence)." }
    let names = source.remarks.map { "\($0.path): \($0.sentence)." }
    return story.report(StoryInput(result, remarks: unread + names)).only(causes: source.causes)
  }

  /// Says which files could not be read, or not to their end: before the report, which knows nothing of them.
  func complain(of result: LogScanResult) {
    for problem in result.unread { Terminal.complain("error: \(PlainText.shown(problem.path)): \(problem.sentence)") }
  }

  /// - Throws: 1 where something failed, 3 where a log was not read, or not to its end, or nothing was understood.
  func end(_ result: LogScanResult, hasFailures: Bool) throws {
    let isUnread = !source.problems.isEmpty || !result.unread.isEmpty
    if isUnread || result.lines > result.blank && result.recognised == 0 { throw ExitStatus.failed.code }
    if hasFailures { throw ExitStatus.found.code }
  }
}
