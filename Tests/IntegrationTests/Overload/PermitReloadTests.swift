import Foundation
import Synchronization
import TestSupport
import Testing

extension Integration {
  /// A reload changes limits while requests hold and wait for permits.
  @Suite struct PermitReloadTests {
    /// Answers nobody until it is told to.
    private final class Held: Sendable {
      private let gate = DispatchSemaphore(value: 0)
      private let count = Mutex(0)

      /// Requests that have arrived.
      var arrived: Int { count.withLock { $0 } }

      func answer() -> [UInt8] {
        count.withLock { $0 += 1 }
        gate.wait()
        return RecordingOrigin.ok
      }

      func release(_ count: Int) { for _ in 0..<count { gate.signal() } }
    }

    @Test(.timeLimit(.minutes(1))) func permitsStayExact() async throws {
      let held = Held()
      try await withOrigin(answer: { _ in held.answer() }) { origin in
        func yaml(_ upstream: String) -> String {
          """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:\(origin.port)'], timeouts: { queue: 30s }, \(upstream) } }
          """
        }
        try await withGateway(yaml("limits: { requests: 2 }")) { gateway in
          func reload(_ upstream: String) async throws {
            try await gateway.gateway.reload(GatewayHarness.load(yaml(upstream), log: gateway.log.path))
          }
          func arrive(_ count: Int) async throws {
            #expect(await eventually { held.arrived >= count })
            // Nobody comes behind them.
            try await Task.sleep(for: .milliseconds(100))
            #expect(held.arrived == count)
          }
          try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<12 { group.addTask { try await gateway.get("/").status } }
            try await arrive(2)
            try await reload("limits: { requests: 5 }")
            try await arrive(5)
            // Four are taken back before anybody who waits gets one.
            try await reload("limits: { requests: 1 }")
            held.release(4)
            try await arrive(5)
            held.release(1)
            try await arrive(6)
            // An adaptive limit moves the same permits, and goes again.
            try await reload("adaptive: { floor: 2, start: 3 }")
            try await arrive(8)
            try await reload("limits: { requests: 4 }")
            try await arrive(9)
            held.release(12)
            for try await status in group { #expect(status == 200) }
          }
          #expect(held.arrived == 12)
          let counts = await gateway.gateway.counts()
          #expect(counts.requestPermits == 0 && counts.exchanges == 0)
        }
      }
    }
  }
}
