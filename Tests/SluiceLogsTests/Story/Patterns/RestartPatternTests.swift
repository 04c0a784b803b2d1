import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Restarts and deploys")
struct RestartPatternTests {
  /// Three endpoints of one upstream that are away for 8 s each, one after another.
  private var rolling: [LogEntry] {
    (0..<3).flatMap { endpoint in
      (0..<8).map { second in
        Made.error(
          .connectRefused, at: Double(100 + 15 * endpoint + second), endpoint: "10.0.0.\(endpoint):80", upstream: "api"
        ) {
          $0.path = "/\(endpoint)/\(second)"
        }
      }
    }
  }

  private let well = Made.tally(from: 0, through: 600, each: 100, upstream: "api")

  @Test("endpoints that are away one after another are a rolling restart")
  func inTurn() throws {
    let problem = try #require(Made.report(rolling, tally: well).problems.first)
    #expect(problem.verdict.cause == "deploy_restart")
    #expect(problem.verdict.who == "deploy")
    #expect(problem.verdict.sure == .likely)
    #expect(problem.verdict.sentence.contains("one endpoint after another"))
    #expect(problem.count == 24)
    #expect(!problem.isOngoing)
  }

  @Test("one endpoint that comes back is a restart or a crash, and both are told")
  func single() throws {
    let entries = (0..<8).map { Made.error(.connectRefused, at: 100 + Double($0), upstream: "api") }
    let problem = try #require(Made.report(entries, tally: well).problems.first)
    #expect(problem.verdict.cause == "deploy_restart")
    #expect(problem.verdict.sure == .possible)
    #expect(problem.candidates.map(\.cause) == ["deploy_restart", "application_crash"])
  }

  @Test("endpoints that are all away at the same time are no rolling deploy")
  func together() throws {
    let entries = (0..<8).map { number in
      Made.error(.connectRefused, at: 100 + Double(number) / 4, endpoint: "10.0.0.\(number % 2):80", upstream: "api") {
        $0.path = "/\(number)"
      }
    }
    let empty = (0..<400).map { number in
      Made.error(.allUnhealthy, at: 100 + Double(number) / 200, endpoint: nil, upstream: "api") {
        $0.path = "/n\(number)"
      }
    }
    let problem = try #require(Made.report(entries + empty, tally: well).problems.first)
    #expect(problem.verdict.cause == "upstream_down" && problem.verdict.sure == .likely)
    #expect(problem.verdict.sentence.hasPrefix("All endpoints of api were away at the same time"))
    let broken = Made.error(.closedBeforeResponse, at: 99.9, endpoint: "10.0.0.1:80", upstream: "api") {
      $0.path = "/b"
    }
    let crash = try #require(Made.report([broken] + entries + empty, tally: well).problems.first)
    #expect(crash.verdict.cause == "application_crash")
    #expect(crash.candidates.map(\.cause).contains("deploy_restart"))
  }

  @Test("what is away for longer than a minute is no restart")
  func long() throws {
    let entries = (0..<90).map { Made.error(.connectRefused, at: 100 + Double($0), upstream: "api") }
    let problem = try #require(Made.report(entries, tally: well).problems.first)
    #expect(problem.verdict.cause != "deploy_restart")
  }

  @Test("what still fails at the end of the logs did not come back")
  func ongoing() throws {
    let entries = (0..<8).map { Made.error(.connectRefused, at: 592 + Double($0), upstream: "api") }
    let problem = try #require(Made.report(entries, tally: well).problems.first)
    #expect(problem.verdict.cause != "deploy_restart")
    #expect(problem.isOngoing)
  }

  @Test("a restart every hour is one problem that recurs")
  func recurring() throws {
    let entries = (0..<6).flatMap { hour in
      (0..<5).map { Made.error(.connectRefused, at: Double(3600 * hour + 100 + $0), upstream: "api") }
    }
    let tally = Made.tally(from: 0, through: 21_600, each: 10, upstream: "api")
    let report = Made.report(entries, tally: tally)
    #expect(report.problems.count == 1)
    let problem = try #require(report.problems.first)
    #expect(problem.verdict.cause == "deploy_restart" && problem.verdict.sure == .likely)
    #expect(problem.candidates.first?.evidence.contains("It came 6 times, about every 1 h.") == true)
    #expect(problem.story.count == 6)
  }
}
