import Foundation
import SluiceLogs
import Testing

@testable import sluice

@Suite("The terminal page of a log report")
struct LogsPageTests {
  private func report() throws -> LogReport {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: tests.appendingPathComponent("Fixtures/Logs/report.json"))
    return try JSONDecoder().decode(LogReport.self, from: data)
  }

  @Test("fits its screen, and each problem goes from the verdict to its lines", arguments: [80, 120])
  func whole(width: Int) throws {
    let lines = LogsPage(report: try report(), screen: Screen(width: width), top: 5).lines
    #expect(lines.allSatisfy { PlainText.width($0) <= width }, "\(lines.filter { PlainText.width($0) > width })")
    let text = lines.joined(separator: "\n")
    let order = [
      "2 problems: 1,200 of 120,000 requests failed, 33 more were saved by a retry", "2026-11-26 20:00:00 to 21:00:00",
      "Problem 1", "application: upstream_down (likely).", "Next: Find out", "1,000 failed requests of 16,000 (6.25 %)",
      "What explains it", "What happened", "20:14:05", "Where", "endpoint 10.0.0.5:3000: 100 %", "Check first",
      "ss -ltnp", "Lines", "error.log:1204", "Problem 2", "All causes", "Note:", "3 of 120,450 lines",
    ]
    var rest = text[...]
    for part in order {
      guard let found = rest.range(of: part) else {
        Issue.record("\(part) is missing behind what stands before it:\n\(text)")
        return
      }
      rest = rest[found.upperBound...]
    }
    #expect(!text.contains("\u{1B}"))
  }

  @Test("shows as many problems as are wanted, and says how many more there are")
  func top() throws {
    let lines = LogsPage(report: try report(), screen: Screen(), top: 1).lines
    #expect(lines.contains("1 more problem: --top shows them"))
    #expect(!lines.contains("Problem 2"))
  }

  @Test("says that nothing failed, or that nothing was understood")
  func nothing() throws {
    var report = try report()
    report.causes = []
    report.problems = []
    #expect(LogsPage.summary(report) == "No failures in 120,000 requests.")
    report.requests = 0
    report.recognised = 0
    #expect(LogsPage.summary(report) == "No line is of a form that is known.")
    report.blank = report.lines
    #expect(LogsPage.summary(report) == "All lines are empty.")
    (report.lines, report.blank) = (0, 0)
    #expect(LogsPage.summary(report) == "The logs are empty.")
    report.logs[0].problems = ["a.log: cannot be read."]
    #expect(LogsPage.summary(report) == "Nothing could be read.")
  }

  @Test("says of what nothing failed, and counts lines of the wanted time alone")
  func nothingWanted() throws {
    var report = try report().only(causes: ["proxy_bug"])
    #expect(LogsPage.summary(report) == "No failures of proxy_bug in 120,000 requests.")
    report.chosen = []
    (report.requests, report.counted) = (0, 12)
    #expect(LogsPage.summary(report) == "No failures in 12 lines.")
    report.counted = 0
    #expect(LogsPage.summary(report) == "No line lies in that time.")
    report.logs[0].last = "2026-11-26T21:00:00.000Z"
    #expect(LogsPage.summary(report) == "No line lies in that time; the logs end at 2026-11-26 21:00:00 UTC.")
  }

  @Test("does not count empty lines as lines that were not understood")
  func blank() throws {
    var report = try report()
    (report.blank, report.logs[1].blank) = (3, 3)
    let lines = LogsPage(report: report, screen: Screen(width: 120), top: 5).lines
    #expect(!lines.contains { $0.contains("not understood") })
    #expect(lines.contains { $0.contains("450 lines") && !$0.contains(" of 450") })
  }

  @Test("a share of requests is told only where the access log covers them")
  func covered() throws {
    var report = try report()
    report.requests = 2
    #expect(
      LogsPage.summary(report)
        == "2 problems: 1,200 requests failed, 33 more were saved by a retry; the access log covers only 2 requests")
    for index in report.causes.indices { report.causes[index].failed = 0 }
    #expect(LogsPage.summary(report) == "2 problems: no request failed, 33 were saved by a retry")
  }

  @Test("more than two problems are listed first, each on one line")
  func overview() throws {
    var report = try report()
    #expect(!LogsPage(report: report, screen: Screen(), top: 5).lines.contains { $0.hasPrefix("  1. nginx") })
    report.problems.append(report.problems[0])
    report.problems[2].place = String(repeating: "a long name ", count: 9)
    let lines = LogsPage(report: report, screen: Screen(), top: 5).lines
    #expect(lines.contains("  1. nginx api: upstream_down (likely), 1,000 failed"))
    #expect(lines.contains("  2. nginx report: slow_application (likely), 200 failed, still going on"))
    #expect(lines.allSatisfy { PlainText.width($0) <= 80 })
  }

  @Test("no cause of the table is cut, however narrow the screen", arguments: [40, 60, 80, 120])
  func table(width: Int) throws {
    var report = try report()
    report.causes[1].who = "configuration"
    report.causes[1].upstreams = ["127.0.0.1:21901": 200]
    let lines = LogsPage(report: report, screen: Screen(width: width), top: 5).lines
    let table = lines.drop { $0 != "All causes" }.dropFirst().prefix(4)
    #expect(table.count == 4 && table.allSatisfy { PlainText.width($0) <= width })
    let text = table.joined(separator: "\n")
    for cause in report.causes { #expect(text.contains(cause.cause), "\(text)") }
    #expect(text.contains("127.0.0.1:21901") == (width >= 60), "\(text)")
    #expect(text.contains("configuration") == (width >= 60), "\(text)")
    #expect(text.contains("LAST") == (width >= 120), "\(text)")
  }

  @Test("draws counts as bars, and a single one among many is seen")
  func bars() {
    #expect(SparkLine([0, 1, 4, 8], hasUnicode: true).text == " ▁▄█")
    #expect(SparkLine([0, 1, 1000], hasUnicode: false).text == " .@")
    #expect(LogProblemLines.merged([1, 2, 3, 4, 5], to: 2) == [6, 9])
    #expect(LogProblemLines.merged([1, 2], to: 10) == [1, 2])
  }
}
