import TestSupport
import Testing

extension Integration {
  /// Active checks over HTTP/2: gRPC's health service, and a path.
  @Suite struct GRPCHealthTests {
    private static let times = "interval: 200ms, timeout: 150ms, rise: 1, fall: 2"

    /// Checks that fail are counted from the first; one that passes at last shows that it was asked.
    private static func standing(_ place: Place) async -> (standing: String, reason: String)? {
      let status = await place.gateway.gateway.endpoints(ofUpstream: "app").first
      return status.map { ($0.standing, $0.reason) }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [Place.Transport.plain, .secure])
    func aServiceThatIsNotServedTakesItsEndpointOut(_ transport: Place.Transport) async throws {
      let upstream = "protocol: http2, health: { grpc: interop.Ill, \(Self.times) }"
      try await withPlace(("grpc_server.py", []), transport, downstream: .plain, upstream: upstream) { place in
        let isOut = await eventually(within: 15) { await Self.standing(place)?.standing == "unhealthy" }
        #expect(isOut)
        #expect(await Self.standing(place)?.reason == "2 checks failed: not serving")
      }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["grpc: interop.Calls", "grpc: ''"])
    func aServiceThatIsServedKeepsItsEndpoint(_ check: String) async throws {
      let upstream = "protocol: http2, health: { \(check), \(Self.times) }"
      try await withPlace(("grpc_server.py", []), downstream: .plain, upstream: upstream) { place in
        try await Task.sleep(for: .seconds(2))
        #expect(await Self.standing(place)?.standing == "healthy")
      }
    }

    /// An endpoint of HTTP/2 is asked for a path over HTTP/2.
    @Test(.timeLimit(.minutes(1)), arguments: [("/bytes/1", "healthy"), ("/nowhere", "unhealthy")])
    func aPathIsAskedForOverHTTP2(_ path: String, _ standing: String) async throws {
      let upstream = "protocol: http2, health: { path: \(path), \(Self.times) }"
      try await withPlace(("origin.mjs", ["h2c"]), downstream: .plain, upstream: upstream) { place in
        try await Task.sleep(for: .seconds(2))
        let seen = await eventually(within: 10) { await Self.standing(place)?.standing == standing }
        let last = await Self.standing(place)
        #expect(seen, "\(String(describing: last))")
      }
    }
  }
}
