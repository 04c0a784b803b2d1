import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Causes of a log report")
struct LogReportCausesTests {
  @Test("only the wanted ones stay, with the problems in which they were seen or that go back to them")
  func only() throws {
    let report = try ReportFixture.report()
    #expect(report.only(causes: []) == report)
    let seen = report.only(causes: ["all_unhealthy"])
    #expect(seen.problems.map(\.verdict.cause) == ["upstream_down"])
    #expect(seen.causes.isEmpty)
    #expect(report.only(causes: ["slow_application"]).problems.count == 1)
    #expect(report.only(causes: ["response_header_timeout"]).causes.map(\.count) == [200])
  }

  @Test("totals count what is shown")
  func totals() throws {
    let report = try ReportFixture.report()
    // Of a root cause, no line tells: its failures are those of its problem.
    let root = report.only(causes: ["upstream_down"])
    let problem = try #require(root.problems.first)
    #expect(root.problems.count == 1 && root.causes.isEmpty)
    #expect(root.failed == problem.count - problem.saved && root.saved == problem.saved && root.failed > 0)
    #expect(root.chart == nil && root.chosen == ["upstream_down"] && root.requests == report.requests)
    let cause = report.only(causes: ["response_header_timeout"])
    #expect(cause.failed >= 200 && cause.failed < report.failed)
    #expect(report.only(causes: ["proxy_bug"]).failed == 0)
    var remarked = report
    remarked.saved = problem.saved + 7
    remarked.remarks = ["a", LogReport.remark(saved: remarked.saved), "b"]
    #expect(
      remarked.only(causes: ["upstream_down"]).remarks == ["a", LogReport.remark(saved: problem.saved), "b"])
    #expect(remarked.only(causes: ["proxy_bug"]).remarks == ["a", "b"])
  }

  @Test("what the client did is no failure")
  func failed() throws {
    var report = try ReportFixture.report()
    #expect(report.failed == 1200)
    #expect(report.hasFailures)
    report.problems = []
    report.causes = report.causes.filter { $0.who == "client" }
    #expect(!report.hasFailures)
  }
}
