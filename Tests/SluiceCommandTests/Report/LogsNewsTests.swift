import Foundation
import SluiceLogs
import Testing

@testable import sluice

@Suite("News of a log that grows")
struct LogsNewsTests {
  private func report() throws -> LogReport {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: tests.appendingPathComponent("Fixtures/Logs/report.json"))
    return try JSONDecoder().decode(LogReport.self, from: data)
  }

  @Test("a problem is told when it is new, has doubled, ends or begins again")
  func told() throws {
    var report = try report()
    var news = LogsNews()
    #expect(news.take(report).count == 2)
    #expect(news.take(report).isEmpty)
    report.problems[0].count = 2065
    #expect(news.take(report).isEmpty)
    report.problems[0].count = 2066
    #expect(news.take(report).map(\.id) == ["p1"])
    report.problems[1].isOngoing = false
    #expect(news.take(report).map(\.id) == ["p2"])
  }

  @Test("progress tells share, rate and what is left, or what was read where the size is not known")
  func progress() {
    #expect(
      LogsProgress.text(done: 1_000_000_000, total: 4_000_000_000, elapsed: 2000)
        == "[#####---------------] 25 %, 500 MB/s, 6 s left")
    #expect(LogsProgress.text(done: 3_000_000, total: nil, elapsed: 1000) == "3 MB read, 3 MB/s")
    #expect(LogsProgress.text(done: 0, total: 10, elapsed: 0).hasPrefix("[--------------------] 0 %"))
  }
}
