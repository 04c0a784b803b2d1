import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("Which failures are one problem")
struct ProblemLinkerTests {
  private func count(_ entries: [LogEntry]) -> Int { Made.report(entries).problems.count }

  private func run(
    _ cause: Cause, from first: Double, count: Int = 10, every step: Double = 1, endpoint: String? = "10.0.0.1:80",
    upstream: String? = nil, path: String = ""
  ) -> [LogEntry] {
    (0..<count).map { number in
      Made.error(cause, at: first + Double(number) * step, endpoint: endpoint, upstream: upstream) {
        $0.path = "/\(cause.identifier)\(path)/\(number)"
        $0.route = "shop"
      }
    }
  }

  @Test("what takes endpoints away and what then finds none, whatever either line calls the place")
  func exhausted() {
    #expect(
      count(run(.responseHeaderTimeout, from: 0) + run(.allUnhealthy, from: 10, endpoint: nil, upstream: "app")) == 1)
    #expect(count(run(.allUnhealthy, from: 0, endpoint: nil, upstream: "app") + run(.connectRefused, from: 200)) == 2)
  }

  @Test("timeouts of every kind at one place")
  func late() {
    #expect(
      count(run(.responseHeaderTimeout, from: 0) + run(.connectTimeout, from: 5) + run(.poolQueueTimeout, from: 9)) == 1
    )
  }

  @Test("an application's own errors and a certificate stay apart from what happens beside them")
  func apart() {
    #expect(count(run(.upstreamStatus, from: 0) + run(.connectRefused, from: 0)) == 2)
    #expect(count(run(.tlsCertExpired, from: 0) + run(.tlsNameMismatch, from: 0)) == 2)
    #expect(count(run(.notHttp, from: 0) + run(.badChunk, from: 0)) == 2)
  }

  @Test("two places that nothing joins are two problems")
  func places() {
    #expect(
      count(run(.connectRefused, from: 0) + run(.connectRefused, from: 0, endpoint: "10.0.0.2:80", path: "/b")) == 2)
    let joined = Made.access(502, at: 3, cause: .connectRefused) {
      $0.attempts = [LogAttempt(endpoint: "10.0.0.1:80"), LogAttempt(endpoint: "10.0.0.2:80")]
      $0.path = "/both"
    }
    #expect(
      count(
        run(.connectRefused, from: 0) + [joined] + run(.connectRefused, from: 4, endpoint: "10.0.0.2:80", path: "/b"))
        == 1)
  }

  @Test("a trickle of broken connections over an hour is not the restart within it")
  func trickle() {
    let trickle = run(.closedBeforeResponse, from: 0, count: 40, every: 90)
    #expect(count((trickle + run(.connectRefused, from: 1800)).sorted { ($0.time ?? 0) < ($1.time ?? 0) }) == 2)
  }

  @Test("endpoints that serve the same paths are one place, although no line names their upstream")
  func served() {
    #expect(count(run(.connectRefused, from: 0) + run(.connectRefused, from: 20, endpoint: "10.0.0.2:80")) == 1)
    let named = run(.connectRefused, from: 20, endpoint: "10.0.0.2:80", upstream: "web")
    #expect(count(run(.connectRefused, from: 0) + named) == 2)
  }
}
