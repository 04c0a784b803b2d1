import SluiceWire
import TestSupport
import Testing

extension Integration {
  /// How HTTP/2 connections of clients end, and how those to endpoints are shared.
  @Suite struct ConnectionEndTests {
    /// A gateway in front of a gateway: the second one is the HTTP/2 endpoint of the first.
    private func withTwo(
      _ count: Int = 1, _ body: (GatewayHarness, [GatewayHarness], RecordingOrigin) async throws -> Void
    ) async throws {
      try await withOrigin { origin in
        var behind: [GatewayHarness] = []
        for index in 0..<count {
          behind.append(
            try await GatewayHarness.start(
              """
              listeners: [{ address: '127.0.0.1:0' }]
              workers: 1
              drain: { deadline: 3s }
              upstreams: { app: { endpoints: ['http://127.0.0.1:\(origin.port)'] } }
              """, name: "behind-\(index)"))
        }
        let endpoints = behind.map { "'http://127.0.0.1:\($0.port)'" }.joined(separator: ", ")
        try await withGateway(
          """
          listeners: [{ address: '127.0.0.1:0' }]
          workers: 1
          routes: [{ upstream: app }]
          upstreams: { app: { endpoints: [\(endpoints)], protocol: http2, balance: roundRobin } }
          """
        ) { gateway in try await body(gateway, behind, origin) }
        for gateway in behind { await gateway.stop() }
      }
    }

    @Test func attemptsShareAConnectionFromTheFirstOnOn() async throws {
      try await withTwo { gateway, behind, _ in
        let port = gateway.port
        let statuses = try await blocking {
          let client = try HTTP2Client(port: port)
          let ids = (0..<60).map { client.request("/\($0)") }
          return ids.map { client.response($0).status }
        }
        #expect(statuses == Array(repeating: 200, count: 60))
        let counts = await behind[0].gateway.counts()
        #expect(counts.accepted == 1, "one connection for all of them")
        let idle = await eventually { await gateway.gateway.counts().idleConnections == 1 }
        #expect(idle, "and it rests in the pool")
      }
    }

    /// An endpoint that goes away says which requests it has not seen: none is lost.
    @Test(.timeLimit(.minutes(1)))
    func anEndpointThatDrainsLosesNothing() async throws {
      try await withTwo(2) { gateway, behind, _ in
        let load = try await withEndlessLoad(.port(gateway.port), target: "/") { load in
          _ = await load.answers(50)
          await behind[0].gateway.drain()
          _ = await load.answers(50)
        }
        #expect(load.failures.withLock { $0 } == [])
      }
    }

    @Test func aDrainWarnsTakesWhatWasOnItsWayAndNamesTheLast() async throws {
      try await withGatewayAndOrigin("drain: { deadline: 5s }") { gateway, _ in
        let port = gateway.port
        let client = UncheckedBox(try HTTP2Client(port: port))
        try await blocking { _ = client.value.response(client.value.request("/")) }
        async let drained: Void = gateway.gateway.drain()
        let (late, told, end) = try await blocking {
          let client = client.value
          client.wait { !$0.goneAway.isEmpty }
          let late = client.response(client.request("/"))
          client.wait { $0.end != nil }
          return (late.status, client.goneAway.map(\.last), client.end)
        }
        await drained
        #expect(late == 200 || told.last == 1, "answered, or told that it was not taken")
        #expect(told.first == 0x7fff_ffff)
        #expect(told.count == 2)
        #expect(end == .fin)
      }
    }

    @Test func aConnectionThatHasCarriedItsRequestsIsAskedToEnd() async throws {
      try await withGatewayAndOrigin(listener: "limits: { requestsPerConnection: 3 }") { gateway, _ in
        let port = gateway.port
        let (statuses, told) = try await blocking {
          let client = try HTTP2Client(port: port)
          let statuses = (0..<3).map { _ in client.response(client.request("/")).status }
          client.wait { $0.end != nil }
          return (statuses, client.goneAway.map(\.last))
        }
        #expect(statuses == [200, 200, 200])
        #expect(told == [0x7fff_ffff, 5])
      }
    }

    /// Streams that wait for a window and are given up leave nothing behind.
    @Test func streamsThatWaitedAndWereResetAreForgotten() async throws {
      let body = [UInt8](repeating: 0x78, count: 200_000)
      let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n".utf8) + body
      try await withGatewayAndOrigin(answer: { _ in answer }) { gateway, _ in
        let port = gateway.port
        try await blocking {
          let client = try HTTP2Client(port: port, initialWindow: 10)
          for _ in 0..<100 {
            let id = client.request("/")
            client.wait { ($0.messages[id]?.body.count ?? 0) >= 10 }
            client.reset(id)
          }
        }
        let isQuiet = await eventually { await gateway.gateway.counts().exchanges == 0 }
        #expect(isQuiet)
        let records = try await gateway.log.records(atLeast: 100)
        #expect(records.count { $0.cause == "client_aborted" } == 100)
      }
    }

    /// A response that is complete before its request is seen whole; then the rest of the request is declined.
    @Test func anEarlyResponseIsSeenBeforeTheStreamIsReset() async throws {
      try await withGateway(
        """
        listeners: [{ address: '127.0.0.1:0' }]
        routes: [{ respond: { status: 413, body: "no" } }]
        """
      ) { gateway in
        let port = gateway.port
        let message = try await blocking {
          let client = try HTTP2Client(port: port)
          let id = client.request("/", method: "POST", [("content-length", "100000")], ends: false)
          client.sendBody([UInt8](repeating: 0x78, count: 1000), on: id, ends: false)
          let early = client.response(id)
          #expect(early.reset == nil)
          client.wait { $0.messages[id]?.reset != nil }
          return client.messages[id]
        }
        #expect(message?.status == 413)
        #expect(message.map { text($0.body) } == "no")
        #expect(message?.reset == .noError)
      }
    }

    /// What an endpoint cut is cut for the client too.
    @Test func aTruncatedResponseIsAReset() async throws {
      let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf".utf8)
      try await withGatewayAndOrigin(answer: { _ in answer }) { gateway, origin in
        let port = gateway.port
        let stopped = Task {
          try await Task.sleep(for: .milliseconds(300))
          origin.stop()
        }
        let message = try await blocking {
          let client = try HTTP2Client(port: port)
          return client.response(client.request("/"))
        }
        try await stopped.value
        #expect(message.status == 200)
        #expect(message.reset == .internalError)
        #expect(!message.isEnded)
      }
    }

    @Test func aCancelledRequestIsCancelledAtTheEndpoint() async throws {
      try await withGatewayAndOrigin(answer: { _ in [] }) { gateway, _ in
        let port = gateway.port
        let client = UncheckedBox(try HTTP2Client(port: port))
        try await blocking {
          let id = client.value.request("/")
          client.value.wait(200) { _ in false }
          client.value.reset(id)
          client.value.wait(200) { _ in false }
        }
        let record = try #require(try await gateway.log.records(atLeast: 1).first)
        #expect(record.cause == "client_aborted")
        #expect(record.status == 499)
        let isQuiet = await eventually {
          let counts = await gateway.gateway.counts()
          return counts.exchanges == 0 && counts.upstreamConnections == 0
        }
        #expect(isQuiet)
        withExtendedLifetime(client) {}
      }
    }
  }
}
