import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Clients that give up")
struct LadderPatternTests {
  private func left(after milliseconds: @escaping (Int) -> Double) -> [LogEntry] {
    (0..<10).map { number in
      Made.access(499, at: 100 + Double(number), cause: .clientAborted, upstream: "api") {
        $0.path = "/\(number)"
        $0.totalTime = milliseconds(number)
      }
    }
  }

  @Test("all after the same time: something in front waits for less")
  func same() throws {
    let report = Made.report(left { 30_000 + Double($0) })
    let problem = try #require(report.problems.first)
    #expect(problem.verdict.cause == "timeout_ladder")
    #expect(problem.verdict.sentence.contains("after about 30"))
  }

  @Test("after times of their own they are no problem")
  func own() {
    #expect(Made.report(left { 1000 * Double($0 + 1) }).problems.isEmpty)
    #expect(Made.report(left { _ in 5 }).problems.isEmpty)
  }

  @Test("beside answers that are late they speak for that problem, and are no other")
  func late() throws {
    let late = (0..<10).map { number in
      Made.access(504, at: 100 + Double(number), cause: .responseHeaderTimeout, upstream: "api") {
        $0.path = "/l\(number)"
        $0.totalTime = 60_000
      }
    }
    let report = Made.report(left { _ in 30_000 } + late)
    #expect(report.problems.count == 1)
    let problem = try #require(report.problems.first)
    #expect(problem.count == 10)
    #expect(
      problem.candidates.contains {
        $0.cause == "timeout_ladder" && $0.evidence.first?.hasPrefix("10 clients gave up") == true
      })
  }
}
