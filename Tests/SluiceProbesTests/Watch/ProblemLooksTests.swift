import SluiceConfiguration
import SluiceIncidents
import Synchronization
import TestSupport
import Testing

@testable import SluiceProbes

@Suite(.timeLimit(.minutes(1))) struct ProblemLooksTests {
  private final class Kept: Sendable {
    private let all = Mutex<[Examination]>([])
    var endpoints: [String] { all.withLock { $0.map(\.target.endpoint) }.sorted() }
    func take(_ examination: Examination) { all.withLock { $0.append(examination) } }
  }

  private let kept = Kept()
  private let looks = ProblemLooks { Examination(time: 1, target: $0.target) }

  private func configuration(_ change: (inout Configuration) -> Void = { _ in }) throws -> Configuration {
    let loaded = ConfigurationLoader.quick(
      listen: "127.0.0.1:0", to: ["http://127.0.0.1:3000", "http://127.0.0.1:3001"], workers: 1)
    var configuration = try #require(loaded.configuration)
    change(&configuration)
    return configuration
  }

  private func problem(_ cause: String = "connect_refused", endpoint: String?) throws -> ProblemEvent {
    let upstream = try #require(try configuration().upstreams.first?.name)
    return .started(
      Problem(
        number: 1, key: ProblemKey(cause: cause, route: nil, upstream: upstream, endpoint: endpoint),
        who: "application",
        state: .ongoing, firstSeen: 1, lastSeen: 1, count: 1, absorbed: 0, kept: 1, lastMinute: 1, example: nil))
  }

  @Test func whatWasSeenOfTheEndpointIsKept() async throws {
    let kept = kept
    looks.bind { kept.take($0) }
    looks.adopt(try configuration(), installation: "sluice-test")
    looks.tell(try problem(endpoint: "http://127.0.0.1:3001"))
    looks.tell(try problem("stale_keepalive", endpoint: "http://127.0.0.1:3001"))
    #expect(await eventually { kept.endpoints == ["http://127.0.0.1:3001"] })
  }

  @Test func aProblemOfNoEndpointIsLookedForAtAll() async throws {
    let kept = kept
    looks.bind { kept.take($0) }
    looks.adopt(try configuration(), installation: "sluice-test")
    looks.tell(try problem("pool_queue_timeout", endpoint: nil))
    #expect(await eventually { kept.endpoints == ["http://127.0.0.1:3000", "http://127.0.0.1:3001"] })
  }

  @Test func whatIsSwitchedOffOrStoppedDoesNotLook() async throws {
    let kept = kept
    looks.bind { kept.take($0) }
    looks.adopt(try configuration { $0.incidents.looks = false }, installation: "sluice-test")
    looks.tell(try problem(endpoint: "http://127.0.0.1:3000"))
    looks.adopt(try configuration(), installation: "sluice-test")
    looks.stop()
    looks.tell(try problem(endpoint: "http://127.0.0.1:3000"))
    try await Task.sleep(for: .milliseconds(50))
    #expect(kept.endpoints.isEmpty)
  }
}
