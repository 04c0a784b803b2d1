import Foundation
import SluiceGateway
import TestSupport
import Testing

extension Integration {
  /// Bytes of every kind from clients: each connection is answered or closed, and nothing is left over.
  @Suite struct RawBytesTests {
    private struct Snapshot {
      var descriptors: Int
      var counts: GatewayCounts
      var memory: Int
    }

    @Test(.enabled(if: Corpus.folder != nil, "\(Corpus.missing)"), .timeLimit(.minutes(5)))
    func threePassesOverTheRawCorporaLeaveNothingBehind() async throws {
      let inputs = try ["http1-bytes", "h2spec-bytes"].flatMap(Corpus.contents)
      #expect(inputs.count > 1000)
      let timeouts = "timeouts: { head: 250ms, bodyIdle: 250ms, idle: 250ms, write: 1s }"
      let upstream = "timeouts: { responseHead: 500ms, bodyIdle: 500ms, request: 1s, poolIdle: 300ms }"
      try await withGatewayAndOrigin(upstream: upstream, listener: timeouts) { gateway, _ in
        var passes: [Snapshot] = []
        for _ in 0..<3 {
          try await inParallel(inputs, width: 32) { input in
            let port = gateway.port
            let end = try await blocking {
              let client = try RawClient(port: port)
              client.send(input.bytes)
              return client.readToEnd().end
            }
            #expect(end != .open, "\(input.name): the connection stayed open")
          }
          passes.append(try await quiet(gateway))
        }
        try compare(passes)
        let counts = await gateway.gateway.counts()
        #expect(counts.exchanges == 0 && counts.requestPermits == 0 && counts.downstreamConnections == 0)
        let alive = try await gateway.get("/")
        #expect(alive.status == 200)
      }
    }

    /// Waits until everything that a pass began has ended.
    private func quiet(_ gateway: GatewayHarness) async throws -> Snapshot {
      let isQuiet = await eventually(within: 10) {
        let counts = await gateway.gateway.counts()
        return counts.downstreamConnections == 0 && counts.upstreamConnections == 0 && counts.exchanges == 0
      }
      let counts = await gateway.gateway.counts()
      #expect(isQuiet, "\(counts)")
      return Snapshot(descriptors: Process.openDescriptors, counts: counts, memory: Process.residentBytes)
    }

    private func compare(_ passes: [Snapshot]) throws {
      let (first, last) = (passes[0], passes[2])
      #expect(last.descriptors <= first.descriptors, "descriptors: \(passes.map(\.descriptors))")
      #expect(last.counts.timers == first.counts.timers, "entries of the timing wheels: \(passes.map(\.counts.timers))")
      #expect(last.counts.connectionPermits == first.counts.connectionPermits)
      let allowed = first.memory / 20 + (4 << 20)
      #expect(last.memory - first.memory <= allowed, "resident bytes: \(passes.map(\.memory))")
    }
  }
}
