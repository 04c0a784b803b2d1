import Foundation
import Synchronization
import TestSupport
import Testing

extension Integration {
  /// A name whose addresses change under load: each of its addresses is an origin on the same port, 127.0.0.1 and up.
  @Suite struct NameChangeTests {
    /// What the name server answers now.
    private final class Zone: Sendable {
      private let state: Mutex<(addresses: [UInt8], rcode: UInt16)>

      private let ttl: UInt32

      init(_ addresses: [UInt8], ttl: UInt32 = 1) {
        state = Mutex((addresses, 0))
        self.ttl = ttl
      }

      func set(_ addresses: [UInt8], rcode: UInt16 = 0) { state.withLock { $0 = (addresses, rcode) } }

      func answer(_ question: StubDNSServer.Question) -> [UInt8] {
        let now = state.withLock { $0 }
        let records = now.addresses.map { DNSWire.Record.a("api.test", [127, 0, 0, $0], ttl: ttl) }
        return question.response(rcode: now.rcode, answers: question.type == 1 ? records : [])
      }
    }

    private struct Run {
      var gateway: GatewayHarness
      var zone: Zone
      var server: StubDNSServer
      /// At 127.0.0.1 and 127.0.0.2.
      var origins: [RecordingOrigin]

      func asked() -> Int { server.questions.count { $0.name == "api.test" && $0.type == 1 } }
    }

    private static func answer(_ number: Int, _ head: String) -> [UInt8] {
      if head.hasPrefix("GET /slow") { usleep(2_500_000) }
      return Array("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(number)".utf8)
    }

    private func withNamedOrigins(_ body: (Run) async throws -> Void) async throws {
      let zone = Zone([1])
      let server = try StubDNSServer { [zone.answer($0)] }
      defer { server.stop() }
      let first = try RecordingOrigin { Self.answer(1, $0) }
      defer { first.stop() }
      let second = try RecordingOrigin(host: 0x7F00_0002, port: first.port) { Self.answer(2, $0) }
      defer { second.stop() }
      try await withGateway(
        """
        listeners: [{ address: '127.0.0.1:0' }]
        upstreams: { app: { endpoints: ['http://api.test:\(first.port)'], timeouts: { poolIdle: 60s } } }
        resolver: { servers: ['127.0.0.1:\(server.port)'], timeout: 1s }
        """
      ) { gateway in
        try await body(Run(gateway: gateway, zone: zone, server: server, origins: [first, second]))
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func noRequestFailsWhileTheAddressesChange() async throws {
      try await withNamedOrigins { run in
        let load = try await withEndlessLoad(.port(run.gateway.port), target: "/") { load in
          #expect(await load.answers(50))
          for addresses: [UInt8] in [[2], [1, 2], [1]] {
            run.zone.set(addresses)
            // Until nothing goes to an address that is gone.
            for (index, origin) in run.origins.enumerated() where !addresses.contains(UInt8(index + 1)) {
              #expect(await eventually { origin.openConnections == 0 }, "connections to an address that is gone")
            }
            #expect(await load.answers(50))
          }
        }
        let failures = load.failures.withLock { $0 }
        #expect(failures.isEmpty, "\(failures.count) of \(load.count): \(failures.prefix(3))")
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func whatIsUnderWayToAnAddressThatVanishesFinishes() async throws {
      try await withNamedOrigins { run in
        async let slow = run.gateway.get("/slow")
        let idle = try await run.gateway.get("/")
        #expect(idle.bodyText == "1")
        #expect(await eventually { run.origins[0].openConnections == 2 })
        run.zone.set([2])
        // The idle connection goes, the busy one stays.
        #expect(await eventually { run.origins[0].openConnections == 1 })
        let next = try await run.gateway.get("/")
        #expect(next.bodyText == "2")
        let late = try await slow
        #expect(late.status == 200 && late.bodyText == "1", "cut although its address still answered")
        #expect(await eventually { run.origins[0].openConnections == 0 }, "kept for a next request")
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func aNameThatIsDeniedOrUnansweredGoesOnWithWhatWasGood() async throws {
      try await withNamedOrigins { run in
        #expect(try await run.gateway.get("/").bodyText == "1")
        for rcode: UInt16 in [3, 2] {
          run.zone.set([], rcode: rcode)
          let before = run.asked()
          // The wait doubles with each failure. A second question shows that the first answer was taken in.
          #expect(await eventually(within: 20) { run.asked() >= before + (rcode == 3 ? 2 : 1) }, "not asked again")
          let answer = try await run.gateway.get("/")
          #expect(answer.status == 200 && answer.bodyText == "1", "rcode \(rcode)")
        }
        #expect(run.origins[0].openConnections > 0, "an address that may still be good lost its connections")
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func anAddressThatRefusesMakesTheNameBeAskedAgain() async throws {
      // An answer that holds for an hour: without a reason nobody would ask again.
      let zone = Zone([3], ttl: 3600)
      let server = try StubDNSServer { [zone.answer($0)] }
      defer { server.stop() }
      let origin = try RecordingOrigin()
      defer { origin.stop() }
      try await withGateway(
        """
        listeners: [{ address: '127.0.0.1:0' }]
        upstreams: { app: { endpoints: ['http://api.test:\(origin.port)'] } }
        resolver: { servers: ['127.0.0.1:\(server.port)'], timeout: 1s }
        """
      ) { gateway in
        let refused = try await gateway.get("/")
        #expect(refused.status == 502)
        zone.set([1])
        let isFound = try await eventually {
          let answer = try await gateway.get("/")
          return answer.status == 200
        }
        #expect(isFound, "the name was not asked for again")
      }
    }
  }
}
