import Foundation
import SluiceLogs

/// Which logs are read, how, and what is wanted of them.
struct LogsSource {
  let scan: LogScan
  let causes: [String]
  let top: Int
  /// Files that cannot be read: what they hold is missing in the report, and it says so.
  let problems: [LogReadProblem]

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
  }

  private static func table(_ path: String?) throws -> LogFormatTable {
    guard path != nil else { return .standard }
    return .standard
  }

  /// Bytes of all files as they lie on the disk; nil where one of them tells no size, as standard input.
  var bytes: Int? {
    var total = 0
    for file in scan.sets.flatMap(\.files) {
      let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int
      guard file != "-", let size else { return nil }
      total += size
    }
    return total
  }
}
