import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite struct ApplicationLogStepTests {
  private func report(_ log: String) throws -> StepReport {
    let examination = Examination.sample { $0.applicationLog = .value(LogSample.seen(log)) }
    return try #require(StepReport.of(.applicationLog, in: examination))
  }

  @Test func whatStandsOutIsToldWithItsTime() throws {
    let report = try report("2026-11-26T17:12:09Z ERROR no space left on device")
    #expect(report.mark == .failing)
    #expect(
      report.findings.map(\.text) == [
        "17:12:09 UTC: disk full: 2026-11-26T17:12:09Z ERROR no space left on device"
      ])
  }

  @Test func whatIsOldIsAWarning() throws {
    let report = try report("2026-11-26T17:00:00Z no space left on device\n2026-11-26T17:12:10Z served")
    #expect(report.mark == .warning)
  }

  @Test func aQuietLogIsFine() throws {
    let report = try report("2026-11-26T17:12:09Z served\n2026-11-26T17:12:10Z served")
    #expect(report.mark == .fine)
    #expect(report.findings.map(\.text) == ["Nothing stands out in 2 lines of api.log around the moment."])
  }

  @Test func aLogThatFellSilentIsTold() throws {
    let report = try report("2026-11-26T15:12:11Z served")
    #expect(report.findings.contains { $0.text == "The last line of the log is 2 h older than the moment." })
  }

  @Test func nothingOfALogReachesATerminalUnescaped() throws {
    let report = try report("2026-11-26T17:12:09Z ERROR \u{07}\u{202E} password=hunter2 no")
    let text = report.findings.map(\.text).joined()
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    #expect(!text.contains("hunter2") && text.contains("password=***"))
  }
}
