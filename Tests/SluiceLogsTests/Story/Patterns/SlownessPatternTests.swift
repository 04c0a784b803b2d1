import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("What does not answer in time")
struct SlownessPatternTests {
  private func late(_ cause: Cause = .responseHeaderTimeout, count: Int = 20, path: String? = nil) -> [LogEntry] {
    (0..<count).map { number in
      Made.access(504, at: 100 + Double(number), cause: cause, endpoint: "10.0.0.1:80", upstream: "api") {
        $0.path = path ?? "/\(number)"
        $0.totalTime = 60_001 + Double(number)
      }
    }
  }

  private func problem(_ entries: [LogEntry], _ tally: TrafficTally? = nil) throws -> LogProblem {
    try #require(Made.report(entries, tally: tally).problems.first)
  }

  private let well = Made.tally(from: 0, through: 300, each: 100, failed: 1, upstream: "api")

  @Test("one path that is late is a slow application, with its limit")
  func path() throws {
    let problem = try problem(late(path: "/report?id=7"), well)
    #expect(problem.verdict.cause == "slow_application" && problem.verdict.sure == .likely)
    #expect(problem.verdict.sentence.contains("/report at api takes longer than the 60 s that nginx waits"))
    #expect(problem.concentrations.contains { $0.kind == .path && $0.value == "/report" && $0.share == 1 })
  }

  @Test("an upstream that answers nothing at all hangs")
  func hung() throws {
    let tally = Made.tally(from: 0, through: 80, each: 100, upstream: "api")
    let failing = Made.tally(from: 100, through: 120, each: 10, failed: 10, upstream: "api", into: tally)
    let problem = try problem(late(), failing)
    #expect(problem.verdict.cause == "application_hung")
    #expect(problem.candidates.first?.evidence.contains { $0.hasPrefix("None of the ") } == true)
  }

  @Test("late answers and connections that wait are more requests than it can serve")
  func overload() throws {
    let problem = try problem(late() + late(.connectTimeout, count: 5) + late(.poolQueueTimeout, count: 5), well)
    #expect(problem.verdict.cause == "overload" && problem.verdict.sure == .likely)
    #expect(
      problem.verdict.sentence.contains("20 answers were not sent in time, 5 connections were not accepted in time"))
  }

  @Test("silence on connecting alone is a machine that is gone or a firewall")
  func silent() throws {
    let tally = Made.tally(from: 100, through: 120, each: 10, failed: 10, upstream: "api")
    #expect(try problem(late(.connectTimeout), tally).verdict.cause == "packets_dropped")
    #expect(try problem(late(.connectTimeout), well).verdict.cause == "connect_timeout")
  }

  /// Four that were late and others at once, as of an application that fails in several ways.
  private func mixed() -> [LogEntry] {
    let late = (0..<4).map { number in
      Made.access(504, at: 10.5 + Double(number) / 10, cause: .responseHeaderTimeout, upstream: "api") {
        $0.totalTime = 2001
        $0.path = "/\(number)"
      }
    }
    let cut = Made.access(200, at: 10, cause: .truncatedBody, upstream: "api") { $0.totalTime = 1 }
    let closed = (0..<4).map { number in
      Made.access(502, at: 10.6, cause: .closedBeforeResponse, upstream: "api") {
        $0.totalTime = 0
        $0.path = "/closed/\(number)"
      }
    }
    return [cut] + late + closed
  }

  @Test("what is told of those that were late is not told of all, and a single early failure names nothing")
  func several() throws {
    let problem = try problem(mixed())
    #expect(problem.verdict.cause == "slow_application")
    #expect(problem.verdict.sentence.contains("9 requests failed, 4 of them late"))
    let evidence = try #require(problem.candidates.first?.evidence)
    #expect(evidence.contains("Nearly all that were late ended after about 2 s, which is the proxy's limit."))
    let dependency = try #require(problem.candidates.first { $0.cause == "slow_dependency" })
    #expect(!dependency.evidence.contains("The paths that are late differ."))
    let many = try self.problem(late(), well)
    #expect(many.candidates.contains { $0.evidence == ["The paths that are late differ."] })
  }

  @Test("an accept queue that is full is more than the application takes")
  func backlog() throws {
    #expect(try problem([Made.error(.backlogFull, at: 1)]).verdict.cause == "overload")
  }

  @Test("a queue that is full while answers are in time may be a limit that is too low")
  func queue() throws {
    let problem = try problem(late(.poolQueueTimeout), well)
    #expect(problem.verdict.cause == "overload" && problem.verdict.sure == .possible)
    #expect(problem.candidates.map(\.cause).contains("limit_too_low"))
  }
}
