import Foundation
import SluiceLogs

enum ReportFixture {
  /// A report of two problems, as it stands in Tests/Fixtures/Logs.
  static func report() throws -> LogReport {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: tests.appendingPathComponent("Fixtures/Logs/report.json"))
    return try JSONDecoder().decode(LogReport.self, from: data)
  }
}
