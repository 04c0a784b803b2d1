import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Connections that end before an answer")
struct BreakPatternTests {
  private func broken(at times: [Double], took: Double? = 1, method: String = "POST") -> [LogEntry] {
    times.map { time in
      Made.access(
        502, at: time, cause: .closedBeforeResponse, endpoint: "10.0.0.1:80", upstream: "api", or: [.staleKeepalive],
        sure: .possible
      ) {
        $0.path = "/\(time)"
        $0.totalTime = took
        $0.method = method
      }
    }
  }

  private let well = Made.tally(from: 0, through: 3600, each: 500, upstream: "api")

  private func problem(_ entries: [LogEntry], _ tally: TrafficTally? = nil) throws -> LogProblem {
    let report = Made.report(entries, tally: tally)
    #expect(report.problems.count == 1)
    return try #require(report.problems.first)
  }

  @Test("a thin trickle of quick failures at a healthy endpoint is an idle timeout, and said to be an estimate")
  func stale() throws {
    let problem = try problem(broken(at: [10, 140, 300, 410, 700, 1400]), well)
    #expect(problem.verdict.cause == "idle_timeout_mismatch")
    #expect(problem.verdict.who == "configuration")
    #expect(problem.verdict.sure == .likely)
    #expect(problem.verdict.sentence.contains("estimate"))
    #expect((problem.candidates.first?.evidence.count ?? 0) >= 4)
  }

  @Test("a burst in one second is an application that ended")
  func burst() throws {
    let problem = try problem(broken(at: [100.1, 100.2, 100.3, 100.4, 100.5]), well)
    #expect(problem.verdict.cause == "application_crash" && problem.verdict.sure == .possible)
    #expect(problem.candidates.contains { $0.cause == "idle_timeout_mismatch" })
  }

  @Test("quick failures that go on without a refusal are an idle timeout, also where several come in a second")
  func often() throws {
    let times = [100.1, 100.2, 100.3, 101.1, 101.5, 101.9, 103.2, 103.3, 104]
    let problem = try problem(broken(at: times, took: 20), well)
    #expect(problem.verdict.cause == "idle_timeout_mismatch")
    #expect(problem.candidates.contains { $0.cause == "application_crash" })
  }

  @Test("requests that had run for seconds did not meet a closed connection")
  func slow() throws {
    let took = [3000.0, 9000, 14_000, 5000, 21_000]
    let entries = zip([10.0, 200, 400, 600, 800], took).flatMap { broken(at: [$0], took: $1) }
    let problem = try problem(entries, well)
    #expect(problem.verdict.cause == "application_crash")
    #expect(!problem.candidates.contains { $0.cause == "idle_timeout_mismatch" })
  }

  @Test("without a sign both are told as possible")
  func undecided() throws {
    let problem = try problem(broken(at: [10, 20], took: nil, method: "GET"))
    #expect(problem.verdict.cause == "closed_before_response" && problem.verdict.sure == .possible)
    #expect(
      problem.candidates.map(\.cause) == ["closed_before_response", "idle_timeout_mismatch", "application_crash"])
  }

  @Test("the same duration again and again is a limit of the application's own")
  func limit() throws {
    var entries: [LogEntry] = []
    for number in 0..<8 { entries += broken(at: [Double(10 + 20 * number)], took: Double(30_000 + 40 * number)) }
    let problem = try problem(entries, well)
    #expect(problem.verdict.cause == "worker_timeout")
    #expect(
      problem.verdict.sentence.contains("after about 30") || problem.verdict.sentence.contains("after about 29.9"))
  }

  @Test("where the proxy knows that the connection was reused nothing is estimated")
  func told() throws {
    let entries = [10.0, 50, 90].map { time in
      Made.access(502, at: time, cause: .staleKeepalive, upstream: "api", product: .varnish) { $0.path = "/\(time)" }
    }
    let problem = try problem(entries)
    #expect(problem.verdict.cause == "idle_timeout_mismatch" && !problem.verdict.sentence.contains("estimate"))
  }
}
