import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("What lines say themselves")
struct PlainPatternTests {
  @Test("an application's own errors are its own affair")
  func own() throws {
    let entries = (0..<10).map { number in
      Made.access(500, at: Double(number), cause: .upstreamStatus, upstream: "api") {
        $0.path = "/orders?id=\(number)"
        $0.upstreamStatus = 500
      }
    }
    let problem = try #require(Made.report(entries).problems.first)
    #expect(problem.verdict.cause == "upstream_status" && problem.verdict.who == "application")
    #expect(problem.verdict.sure == .certain)
    #expect(problem.verdict.next.contains("/orders"))
    #expect(problem.statuses == ["500": 10])
  }

  @Test("what only a status tells is not concluded from")
  func guess() throws {
    let entries = (0..<5).map { number in
      Made.access(502, at: Double(number), cause: .connectRefused, or: [.closedBeforeResponse], sure: .unknown)
    }
    let problem = try #require(Made.report(entries).problems.first)
    #expect(problem.verdict.sure == .unknown && problem.verdict.who == "unknown")
    #expect(problem.verdict.sentence.contains("nginx answered 502 from 20:00:00"))
    #expect(problem.candidates.map(\.cause) == ["unknown", "connect_refused", "closed_before_response"])
  }

  @Test("further attempts that made everything good are told, although no line tells what had failed")
  func retried() throws {
    let entries = (0..<3).map { number in
      Made.access(200, at: Double(number), upstream: "api", product: .haproxy) { $0.retries = 1 }
    }
    let report = Made.report(entries)
    let problem = try #require(report.problems.first)
    #expect(report.saved == 3 && problem.count == 3 && problem.saved == 3)
    #expect(problem.verdict.sentence.hasPrefix("HAProxy needed a further attempt for 3 requests to api"))
    let refused = Made.access(503, at: 1, cause: .connectRefused, upstream: "api", product: .haproxy)
    #expect(Made.report(entries + [refused]).problems.map(\.causes.count) == [2])
  }

  @Test("what a proxy writes for several causes is told with each of them")
  func others() throws {
    let entry = Made.access(
      503, at: 1, cause: .connectRefused, upstream: "api", product: .haproxy,
      or: [.hostUnreachable, .tlsHandshakeFailed],
      sure: .likely)
    let problem = try #require(Made.report([entry]).problems.first)
    #expect(problem.candidates.map(\.cause).contains("tls_handshake_failed"))
  }

  @Test("the machine's own limits are the machine's")
  func local() throws {
    let problem = try #require(
      Made.report([Made.error(.localPortsExhausted, at: 1), Made.error(.localPortsExhausted, at: 2, endpoint: "b:1")])
        .problems.first)
    #expect(problem.verdict.who == "machine")
    #expect(problem.count == 2)
  }

  @Test("every cause makes a problem or is the client's", arguments: Cause.allCases)
  func every(cause: Cause) throws {
    let report = Made.report([Made.error(cause, at: 1), Made.error(cause, at: 3) { $0.path = "/b" }])
    #expect(report.causes.first?.count == 2)
    guard cause.owner != .client else {
      #expect(report.problems.isEmpty)
      return
    }
    #expect(report.problems.count == 1)
    let problem = try #require(report.problems.first)
    #expect(problem.verdict.sentence.count <= Finding.sentenceMax && !problem.verdict.sentence.contains("  "))
    #expect(!problem.verdict.next.isEmpty)
    #expect(problem.candidates.first?.cause == problem.verdict.cause)
    #expect(!problem.story.isEmpty && !problem.samples.isEmpty)
  }
}
