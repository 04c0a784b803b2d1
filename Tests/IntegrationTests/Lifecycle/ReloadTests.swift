import Foundation
import SluiceConfiguration
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// A reload changes what is configured and loses no request.
  @Suite struct ReloadTests {
    private static func yaml(_ lab: LabServer, listeners: String = "", extra: String = "") -> String {
      """
      listeners: [{ address: '127.0.0.1:0' }\(listeners)]
      upstreams: { app: { endpoints: ['http://127.0.0.1:\(lab.port)'] } }
      \(extra)
      """
    }

    @Test(.timeLimit(.minutes(1)))
    func noRequestFailsWhileListenersComeAndGo() async throws {
      try await withLab { lab in
        try await withGateway(Self.yaml(lab)) { gateway in
          let socket = GatewayHarness.temporaryPath("extra.sock")
          let load = try await withEndlessLoad(.port(gateway.port)) { load in
            for round in 0..<12 {
              let listeners = round % 2 == 0 ? ", { address: 'unix:\(socket)' }" : ""
              // A route that changes with each generation, so that a reload really replaces something.
              let routes = "routes: [{ path: /generation/\(round), respond: { body: '\(round)' } }, { upstream: app }]"
              try await gateway.gateway.reload(
                GatewayHarness.load(Self.yaml(lab, listeners: listeners, extra: routes), log: gateway.log.path))
              let answer = try await gateway.get("/generation/\(round)")
              #expect(answer.bodyText == "\(round)")
              #expect(FileManager.default.fileExists(atPath: socket) == (round % 2 == 0))
              // Each generation serves some of the load.
              _ = await load.answers(20)
            }
          }
          let failures = load.failures.withLock { $0 }
          #expect(
            failures.isEmpty, "\(failures.count) of \(load.count): \(failures.prefix(3))")
          let counts = await gateway.gateway.counts()
          #expect(Int(counts.recorded) == load.count + 12)
        }
      }
    }

    @Test func aRemovedListenersConnectionsEndWithTheirExchange() async throws {
      try await withLab { lab in
        let socket = GatewayHarness.temporaryPath("removed.sock")
        try await withGateway(Self.yaml(lab, listeners: ", { address: 'unix:\(socket)' }")) { gateway in
          async let slow = blocking {
            let client = try RawClient(unixPath: socket)
            let response = client.exchange("GET /delay/500 HTTP/1.1\r\nHost: test\r\n\r\n")
            return (response, client.readToEnd().end)
          }
          let idle = try await blocking {
            let client = try RawClient(unixPath: socket)
            #expect(client.exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n").status == 200)
            return UncheckedBox(client)
          }
          _ = await eventually { (lab.counts.requestsByPath["/delay/500"] ?? 0) == 1 }
          try await gateway.gateway.reload(GatewayHarness.load(Self.yaml(lab), log: gateway.log.path))
          let idleEnd = try await blocking { idle.value.readToEnd().end }
          #expect(idleEnd == .fin)
          let (response, end) = try await slow
          #expect(response.status == 200 && response["connection"] == "close" && end == .fin)
        }
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func whoHasJustConnectedToARemovedListenerIsStillAnswered() async throws {
      try await withLab { lab in
        let socket = GatewayHarness.temporaryPath("just-connected.sock")
        try await withGateway(Self.yaml(lab, listeners: ", { address: 'unix:\(socket)' }")) { gateway in
          let (asking, silent) = try await blocking {
            (UncheckedBox(try RawClient(unixPath: socket)), UncheckedBox(try RawClient(unixPath: socket)))
          }
          let areAccepted = await eventually { await gateway.gateway.counts().downstreamConnections == 2 }
          #expect(areAccepted)
          try await gateway.gateway.reload(GatewayHarness.load(Self.yaml(lab), log: gateway.log.path))
          // From here on both connections drain.
          let (response, end) = try await blocking {
            let response = asking.value.exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n")
            return (response, asking.value.readToEnd().end)
          }
          #expect(response.status == 200 && response.bodyText == "ok\n", "closed before its first request was read")
          #expect(response["connection"] == "close" && end == .fin)
          // Long before the deadline of a head that never comes, which is the listener's.
          let (bytes, silentEnd) = try await blocking { silent.value.readToEnd() }
          #expect(bytes.isEmpty && silentEnd == .fin, "who never asks holds a removed listener")
          #expect(try await gateway.log.records(atLeast: 1).count == 1)
          let counts = await gateway.gateway.counts()
          #expect(counts.downstreamConnections == 0)
        }
      }
    }

    @Test func aListenerThatCannotBeOpenedChangesNothing() async throws {
      try await withLab { lab in
        try await withOrigin { other in
          try await withGateway(Self.yaml(lab)) { gateway in
            let taken = Self.yaml(
              lab, listeners: ", { address: '127.0.0.1:\(other.port)' }", extra: "routes: [{ respond: { body: new } }]")
            let configuration = try GatewayHarness.load(taken, log: gateway.log.path)
            await #expect(throws: (any Error).self) { try await gateway.gateway.reload(configuration) }
            let answer = try await gateway.get("/ok")
            #expect(answer.bodyText == "ok\n")
          }
        }
      }
    }

    @Test func aConfigurationWithAMistakeIsNoConfiguration() throws {
      let result = ConfigurationLoader.load(
        text: "listeners: [{ adress: '127.0.0.1:0' }]\nupstreams: { app: { endpoints: [ftp://x] } }", file: "bad.yaml",
        environment: [:])
      #expect(result.configuration == nil)
      #expect(result.errors.count >= 2)
    }

    @Test func anExchangeGoesOnWithTheConfigurationThatItBeganWith() async throws {
      try await withLab { lab in
        let removed = "routes: [{ path: /ok, respond: { status: 410, body: gone } }]"
        try await withGateway(Self.yaml(lab)) { gateway in
          async let slow = gateway.get("/delay/400")
          _ = await eventually { lab.counts.requests == 1 }
          let next = "listeners: [{ address: '127.0.0.1:0' }]\n\(removed)"
          try await gateway.gateway.reload(GatewayHarness.load(next, log: gateway.log.path))
          let after = try await gateway.get("/ok")
          #expect(after.status == 410)
          let response = try await slow
          #expect(response.status == 200 && response.bodyText == "late\n")
          let record = try await gateway.log.records(atLeast: 2).first { $0.path == "/delay/400" }
          #expect(record?.upstream == "app" && record?.status == 200)
          let isClosed = await eventually { lab.counts.connectionsOpen == 0 }
          #expect(isClosed, "a removed upstream keeps its connections")
        }
      }
    }
  }
}
