import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Endpoints that take no connection")
struct DownPatternTests {
  private func refused(from first: Int, through last: Int, endpoint: String = "10.0.0.1:80") -> [LogEntry] {
    (first...last).map {
      Made.error(.connectRefused, at: Double($0), endpoint: endpoint, upstream: "api") { $0.path = nil }
    }
  }

  private func verdict(_ entries: [LogEntry], _ tally: TrafficTally? = nil) throws -> LogProblem {
    try #require(Made.report(entries, tally: tally).problems.first)
  }

  @Test("refused from one moment on and never back: the upstream is down since then")
  func down() throws {
    let tally = Made.tally(
      from: 0, through: 90, each: 50, upstream: "api",
      into: Made.tally(from: 100, through: 400, each: 10, failed: 10, upstream: "api"))
    let problem = try verdict(refused(from: 100, through: 400), tally)
    #expect(problem.verdict.cause == "upstream_down" && problem.verdict.sure == .likely)
    #expect(problem.verdict.sentence.contains("since 20:01:40 UTC"))
    #expect(problem.candidates.first?.evidence.contains("Before, 500 requests were answered there.") == true)
    #expect(problem.isOngoing)
  }

  @Test("refused since the logs begin: not running, or another port")
  func never() throws {
    let problem = try verdict(refused(from: 0, through: 200))
    #expect(problem.verdict.cause == "not_running" && problem.verdict.sure == .possible)
    #expect(problem.candidates.map(\.cause) == ["not_running", "wrong_port"])
  }

  @Test("one endpoint that refuses does not make an end of another that broke connections, and a guess makes none")
  func crashElsewhere() throws {
    let broken = Made.error(.closedBeforeResponse, at: 99.8, endpoint: "10.0.0.9:80", upstream: "api") { $0.path = nil }
    let elsewhere = try verdict([broken] + refused(from: 100, through: 400))
    #expect(elsewhere.verdict.cause != "application_crash")
    #expect(!elsewhere.verdict.sentence.contains("10.0.0.9"))
    let guessed = [(Cause.closedBeforeResponse, Cause.connectRefused), (.connectRefused, .closedBeforeResponse)]
      .enumerated().map { index, causes in
        Made.access(
          502, at: Double(index), cause: causes.0, endpoint: "10.0.0.1:80", or: [causes.1], sure: .possible
        ) { $0.path = "/\(index)" }
      }
    #expect(try verdict(guessed).verdict.cause != "application_crash")
    let same = try verdict(
      [Made.error(.closedBeforeResponse, at: 99.8, upstream: "api") { $0.path = nil }]
        + [Made.error(.connectRefused, at: 100, endpoint: "10.0.0.9:80", upstream: "api") { $0.path = nil }]
        + refused(from: 100, through: 400))
    #expect(same.verdict.sentence.contains("The application at 10.0.0.1:80, one of 2 endpoints of api, ended"))
  }

  @Test("what never answered is not said to have ended")
  func neverAnswered() throws {
    let tally = Made.tally(from: 0, through: 400, each: 10, failed: 10, upstream: "api")
    let problem = try verdict(refused(from: 100, through: 400), tally)
    #expect(problem.verdict.sentence.contains("refuses connections since"))
    #expect(problem.verdict.next.hasPrefix("See whether the application runs, and whether it listens"))
  }

  @Test("several endpoints refuse, and only those are named that do")
  func several() throws {
    let entries = (0...40).flatMap { second in
      ["10.0.0.1:80", "10.0.0.2:80"].map { endpoint in
        Made.error(.connectRefused, at: 2 * Double(second), endpoint: endpoint)
      }
    }
    let closed = Made.error(.closedBeforeResponse, at: 30, endpoint: "10.0.0.3:80")
    let problem = try verdict(entries + [closed])
    #expect(problem.place == "10.0.0.1:80 and 2 others")
    #expect(problem.verdict.sentence.hasPrefix("10.0.0.1:80 and 10.0.0.2:80 have refused every connection"))
    #expect(problem.verdict.sentence.contains("83 requests failed, 82 of them refused"))
  }

  @Test("connections that break and then are refused: the application ended")
  func crash() throws {
    let broken = (0..<4).map {
      Made.error(.closedBeforeResponse, at: 99.5 + Double($0) / 10, upstream: "api") { $0.path = nil }
    }
    let tally = Made.tally(from: 0, through: 90, each: 50, upstream: "api")
    let problem = try verdict(broken + refused(from: 100, through: 400), tally)
    #expect(problem.verdict.cause == "application_crash" && problem.verdict.sure == .likely)
    #expect(problem.verdict.sentence.contains("4 requests under way broke"))
    #expect(
      problem.causes == [
        CauseShare(cause: "closed_before_response", count: 4, role: .root),
        CauseShare(cause: "connect_refused", count: 301, role: .beside),
      ])
  }

  @Test("one endpoint of three is told as that, and not as the upstream")
  func one() throws {
    var tally = Made.tally(from: 0, through: 400, each: 50, endpoint: "10.0.0.2:80", upstream: "api")
    tally = Made.tally(from: 0, through: 400, each: 50, endpoint: "10.0.0.3:80", upstream: "api", into: tally)
    tally = Made.tally(from: 0, through: 90, each: 50, endpoint: "10.0.0.1:80", upstream: "api", into: tally)
    let problem = try verdict(refused(from: 100, through: 400), tally)
    #expect(problem.verdict.cause == "connect_refused")
    #expect(problem.verdict.sentence.contains("10.0.0.1:80, one of 3 endpoints of api"))
  }
}
