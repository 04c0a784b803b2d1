import Foundation
import SluiceLogs

/// Which logs are read, how, and what is wanted of them.
struct LogsSource {
  let scan: LogScan
  let causes: [String]
  let top: Int
  /// Of all files as they lie on the disk; nil where standard input is among them.
  let bytes: Int?
  /// Files that cannot be read: what they hold is missing in the report, and it says so.
  let problems: [LogReadProblem]
  /// What the reader should know of how names were taken.
  let remarks: [LogReadProblem]

  /// - Throws: `ExitStatus.failed` where nothing can be read, after it said why.
  init(files: [String], options: LogsOptions, follow: Bool, everyLine: Bool) throws {
    let found = LogDiscovery(files)
    for problem in found.problems { Terminal.complain("error: \(PlainText.shown(problem.path)): \(problem.sentence)") }
    guard !found.sets.isEmpty else { throw ExitStatus.failed.code }
    let now = WallClock.milliseconds()
    var scanning = LogScanOptions(now: now, lanes: ProcessInfo.processInfo.activeProcessorCount)
    (scanning.since, scanning.until) = try options.span(now: now)
    scanning.zone = try options.zoneOffset().map { .fixed(seconds: $0) } ?? .machine
    scanning.follows = follow
    scanning.everyLine = everyLine
    scan = LogScan(found.sets, scanning, table: try Self.table(options.formats))
    causes = try options.causes()
    top = options.top
    problems = found.problems
    remarks = found.remarks
    bytes = found.bytes
  }

  /// - Throws: 2 with every mistake of the user's file told: nothing was read, so nothing was found.
  private static func table(_ path: String?) throws -> LogFormatTable {
    guard let path else { return .standard }
    let shown = PlainText.shown(path)
    guard let data = FileManager.default.contents(atPath: path) else {
      Terminal.complain("error: \(shown): cannot be read")
      throw ExitStatus.failed.code
    }
    guard data.count <= LogCustomisation.bytesMax else {
      Terminal.complain("error: \(shown): larger than \(LogCustomisation.bytesMax) bytes; a file of formats is small")
      throw ExitStatus.failed.code
    }
    do {
      return LogFormatTable(try LogCustomisation(parsing: String(decoding: data, as: UTF8.self), file: path))
    } catch {
      for mistake in error.mistakes { Terminal.complain(PlainText.shown(mistake.text)) }
      throw ExitStatus.usage.code
    }
  }
}
