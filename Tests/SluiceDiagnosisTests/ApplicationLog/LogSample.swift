import Foundation
import SluiceIncidents

@testable import SluiceDiagnosis

/// Logs that tests read: written down, or printed by the programs that are named.
enum LogSample {
  /// Output of real programs, as it stands in Tests/Fixtures/ApplicationLog.
  static func file(_ name: String) throws -> [UInt8] {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return Array(try Data(contentsOf: folder.appendingPathComponent("Fixtures/ApplicationLog/\(name).log")))
  }

  static func lines(_ bytes: [UInt8], offset: Int64 = 0) -> [LogLine] {
    LogLineReader.lines(
      of: bytes, isCutAtStart: false, clock: LogClock(offset: offset, reference: aMoment + 3_600_000))
  }

  static func seen(_ text: String, moment: Int64 = aMoment, writtenAt: Int64? = nil) -> ApplicationLogSeen {
    ApplicationLogReading.seen(
      source: "api.log", moment: moment, lines: lines(Array(text.utf8)), isToEnd: true, writtenAt: writtenAt)
  }

  static func notes(_ text: String) -> [ApplicationLogNote] { notes(Array(text.utf8)) }

  static func notes(_ bytes: [UInt8]) -> [ApplicationLogNote] { LogRecognition(lines(bytes)).found.map(\.note) }
}
