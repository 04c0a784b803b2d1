import Foundation
import SluiceIncidents
import Synchronization
import TestSupport
import Testing

extension Integration {
  /// An application that is asked for six times as much as it can do.
  @Suite struct OverloadTests {
    /// Works at two requests at a time, 40 ms each, and lets others wait: 50 a second.
    private final class Application: Sendable {
      static let perSecond = 50
      private let places = DispatchSemaphore(value: 2)
      private let counted = Mutex<(now: Int, most: Int)>((0, 0))

      /// The most requests that were there at a time.
      var most: Int { counted.withLock { $0.most } }

      func answer() -> [UInt8] {
        counted.withLock { counted in
          counted.now += 1
          counted.most = max(counted.most, counted.now)
        }
        places.wait()
        usleep(40_000)
        places.signal()
        counted.withLock { $0.now -= 1 }
        return RecordingOrigin.ok
      }
    }

    private struct Result {
      var outcomes: [SteadyLoad.Outcome]
      var most: Int
      /// Of the incidents that kept their evidence.
      var loads: [UpstreamLoad]
      var permits: Int
    }

    private func overload(_ upstream: String, seconds: Double) async throws -> Result {
      let application = Application()
      let run = try IncidentRun()
      defer { run.remove() }
      return try await withOrigin(answer: { _ in application.answer() }) { origin in
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:\(origin.port)'], \(upstream) } }
          """
        var result = try await run.gateway(yaml) { gateway in
          let outcomes = try await SteadyLoad.run(
            port: gateway.port, perSecond: 6 * Application.perSecond, duration: seconds)
          _ = await eventually { await gateway.gateway.counts().exchanges == 0 }
          let permits = await gateway.gateway.counts().requestPermits
          return Result(outcomes: outcomes, most: application.most, loads: [], permits: permits)
        }
        result.loads = result.outcomes.compactMap(\.incident).prefix(40).compactMap { id in
          (try? run.incident(id))?.evidence?.load
        }
        return result
      }
    }

    /// What holds for both ways of limiting, by counts. How long the accepted ones take is what the benchmark measures.
    private func check(_ result: Result, seconds: Double, queue: Double, causes: Set<String>) {
      let outcomes = result.outcomes
      let able = Double(Application.perSecond) * seconds
      #expect(Double(outcomes.count(of: 200)) >= 0.85 * able)
      #expect(outcomes.count(of: 200) + outcomes.count(of: 503) == outcomes.count, "nothing but 200 and 503")
      let shed = outcomes.filter { $0.status == 503 }
      #expect(shed.count > Int(able))
      #expect(shed.allSatisfy { ($0.retryAfter ?? 0) >= 1 && ($0.retryAfter ?? 99) <= 60 })
      // They know of a real queue, and are not sent back together.
      #expect(Set(shed.map(\.retryAfter)).count > 2)
      #expect(outcomes.percentile(0.5, of: 503) < queue + 0.5, "the verdict is told when it has fallen")
      for outcome in shed {
        #expect(causes.contains { outcome.proxyStatus?.contains("details=\"\($0)\"") == true })
      }
      #expect(result.permits == 0)
    }

    @Test(.timeLimit(.minutes(1))) func aConfiguredLimitKeepsTheGoodput() async throws {
      let result = try await overload("limits: { requests: 2 }, timeouts: { queue: 500ms }", seconds: 4)
      check(result, seconds: 4, queue: 0.5, causes: ["pool_queue_timeout"])
      #expect(result.most == 2)
      let load = try #require(result.loads.first)
      #expect(load.heldBackBy == "configured" && load.requestsMax == 2 && load.adaptiveReason == nil)
      #expect(load.queued > 0)
    }

    @Test(.timeLimit(.minutes(1))) func aFullQueueIsToldAtOnce() async throws {
      let result = try await overload(
        "limits: { requests: 2, queue: 10 }, timeouts: { queue: 2s }", seconds: 3)
      let outcomes = result.outcomes
      #expect(outcomes.count(of: 200) + outcomes.count(of: 503) == outcomes.count)
      #expect(Double(outcomes.count(of: 200)) >= 0.85 * 3 * Double(Application.perSecond))
      #expect(outcomes.percentile(0.95, of: 503) < 0.2)
      #expect(outcomes.filter { $0.status == 503 }.allSatisfy { $0.retryAfter != nil })
      #expect(result.permits == 0)
    }

    @Test(.timeLimit(.minutes(1))) func anAdaptiveLimitFindsIt() async throws {
      let result = try await overload("adaptive: on", seconds: 8)
      check(result, seconds: 8, queue: 1, causes: ["adaptive_limit_shed"])
      #expect(result.most < 100, "the application never had more than a few dozen at a time")
      let load = try #require(result.loads.last)
      #expect(load.heldBackBy == "adaptive")
      #expect(load.adaptiveReason != nil && load.latencyWithoutQueueMs != nil)
      #expect(load.requestsMax < 50)
    }
  }
}
