import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("No endpoint left")
struct CheckPatternTests {
  private let empty = (0..<20).map { second in
    Made.access(503, at: 30 + Double(second), cause: .allUnhealthy, upstream: "api", product: .haproxy)
  }

  @Test("a check that failed before names the root, although no request met it")
  func check() throws {
    let down = Made.event(
      .endpointDown, at: 20, endpoint: "s1", upstream: "api", cause: .connectRefused, product: .haproxy,
      detail: "Layer4 connection problem")
    let problem = try #require(Made.report([down] + empty).problems.first)
    #expect(problem.verdict.cause == "upstream_down" && problem.verdict.sure == .likely)
    #expect(problem.verdict.sentence.contains("HAProxy took s1 out of api at 20:00:20 UTC"))
    #expect(problem.verdict.sentence.contains("no endpoint was left: the endpoint's machine refused the connection"))
    #expect(problem.causes == [CauseShare(cause: "all_unhealthy", count: 20, role: .consequence)])
    #expect(problem.story.first?.sentence == "HAProxy left s1 out: Layer4 connection problem.")
    #expect(problem.samples.first?.text == "endpoint_down at 20.0")
  }

  @Test("an endpoint that was taken away hours ago and not found again still is the root")
  func longAgo() throws {
    let down = Made.event(
      .endpointDown, at: -20_000, endpoint: "s1", upstream: "api", cause: .responseHeaderTimeout, product: .haproxy)
    let up = Made.event(.endpointUp, at: -10_000, endpoint: "s1", upstream: "api", product: .haproxy)
    #expect(try #require(Made.report([down] + empty).problems.first).verdict.cause == "response_header_timeout")
    #expect(try #require(Made.report([down, up] + empty).problems.first).verdict.cause == "all_unhealthy")
  }

  @Test("where nothing tells why, that is said")
  func alone() throws {
    let problem = try #require(Made.report(empty).problems.first)
    #expect(problem.verdict.cause == "all_unhealthy" && problem.verdict.sure == .possible)
    #expect(problem.verdict.sentence.contains("no line tells why"))
  }
}
