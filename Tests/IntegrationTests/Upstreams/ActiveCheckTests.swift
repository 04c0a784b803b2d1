import Foundation
import SluiceGateway
import TestSupport
import Testing

extension Integration {
  /// Active checks, and what happens where they leave nobody.
  @Suite struct ActiveCheckTests {
    private static let http = "health: { path: /healthz, interval: 100ms, timeout: 80ms, rise: 2, fall: 2 }"
    private static let quick = "balance: roundRobin, slowStart: 0s, \(http)"

    @Test("An endpoint that answers its checks badly is left out until it answers well", arguments: [-503, -404, 0])
    func badAnswers(_ status: Int) async throws {
      try await withGatewayAndOrigins(2, upstream: Self.quick) { (gateway, origins) async throws in
        #expect(try await gateway.answers(20).count == 2)
        origins.statuses[0].value = status
        #expect(await gateway.waits(for: "unhealthy", of: 0))
        #expect(try await gateway.answers(10) == ["1": 10])
        origins.statuses[0].value = 200
        #expect(await gateway.waits(for: "healthy", of: 0))
        #expect(try await gateway.answers(20).count == 2)
        // Checks say who they are and take nothing of the upstream's.
        #expect(origins.received(1).contains("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:\(origins.ports[1])\r\n"))
        #expect(await gateway.gateway.counts().requestPermits == 0)
      }
    }

    @Test(
      "What an endpoint sends in place of an answer is told by its cause, and never more of it read than a head has",
      arguments: [
        ("SSH-2.0-OpenSSH_9.2\r\n", "not_http"), ("HTTP/1.1 200 OK\r\nBroken\r\n\r\n", "invalid_header"),
        ("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 40_000), "header"),
        (String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 2000), "header_section_too_large"),
      ])
    func otherAnswers(_ answer: String, _ cause: String) async throws {
      try await withOrigin(answer: { _ in Array(answer.utf8) }) { origin in
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:\(origin.port)'], \(Self.http) } }
          """
        try await withGateway(yaml) { gateway in
          let isOut = await gateway.waits(for: "unhealthy", of: 0)
          let reason = await gateway.gateway.endpoints(ofUpstream: "app")[0].reason
          #expect(isOut && reason.hasPrefix("2 checks failed: \(cause)"), "\(reason)")
        }
      }
    }

    @Test("An answer may come in pieces, behind informational ones, and go on for ever")
    func longAnswers() async throws {
      let answer = "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
      try await withOrigin(answer: { _ in Array(answer.utf8) }) { origin in
        let yaml = """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams:
            app:
              endpoints: ['http://127.0.0.1:\(origin.port)']
              slowStart: 0s
              health: { path: /healthz, interval: 100ms, timeout: 80ms, rise: 1, fall: 1 }
          """
        try await withGateway(yaml) { gateway in
          let isChecked = await eventually { text(origin.received).split(separator: "GET /healthz").count >= 5 }
          #expect(isChecked)
          #expect(await gateway.standings() == ["healthy"])
          // Each check ends its connection.
          let isClosed = await eventually { origin.openConnections <= 1 }
          #expect(isClosed)
        }
      }
    }

    @Test func theConfigurationSaysWhatPassesAndWhoIsAsked() async throws {
      let upstream = """
        health: { path: '/healthz?deep=1', host: app.internal, statuses: [204, 500-503], interval: 100ms, timeout: 80ms,
          fall: 1, rise: 1 }
        """
      try await withGatewayAndOrigins(1, upstream: upstream) { (gateway, origins) async throws in
        #expect(await gateway.waits(for: "unhealthy", of: 0))
        #expect(await gateway.gateway.endpoints(ofUpstream: "app")[0].reason == "1 checks failed: status 200")
        #expect(origins.received(0).contains("GET /healthz?deep=1 HTTP/1.1\r\nHost: app.internal\r\n"))
        origins.statuses[0].value = -502
        #expect(await gateway.waits(for: "returning", of: 0))
      }
    }

    @Test func aPortThatIsNotListenedOnFailsATCPCheck() async throws {
      let upstream = "slowStart: 0s, health: { tcp: true, interval: 100ms, timeout: 80ms, rise: 1, fall: 2 }"
      try await withGatewayAndOrigins(2, upstream: upstream) { (gateway, origins) async throws in
        origins.statuses[0].value = 0
        try await Task.sleep(for: .milliseconds(600))
        #expect(await gateway.standings() == ["healthy", "healthy"], "it asks for nothing")
        origins.stop(0)
        #expect(await gateway.waits(for: "unhealthy", of: 0))
        #expect(await gateway.gateway.endpoints(ofUpstream: "app")[0].reason == "2 checks failed: connect_refused")
        origins.statuses[0].value = 200
        try origins.restart(0)
        #expect(await gateway.waits(for: "healthy", of: 0))
      }
    }

    @Test func withNobodyLeftAllAreUsedAndTheRecordSaysSo() async throws {
      try await withGatewayAndOrigins(2, upstream: Self.quick) { (gateway, origins) async throws in
        for status in origins.statuses { status.value = -500 }
        for index in 0..<2 { #expect(await gateway.waits(for: "unhealthy", of: index)) }
        #expect(try await gateway.answers(20).keys.sorted() == ["0", "1"])
        let records = try await gateway.log.records(atLeast: 20)
        #expect(records.allSatisfy { $0.isPanicMode == true && $0.attempts?.first?.pick == "panic" })
      }
    }

    @Test func withPanicOffTheAnswerIs503() async throws {
      try await withGatewayAndOrigins(2, upstream: "\(Self.quick), panic: off") { (gateway, origins) async throws in
        for status in origins.statuses { status.value = -500 }
        for index in 0..<2 { #expect(await gateway.waits(for: "unhealthy", of: index)) }
        let response = try await gateway.get("/")
        #expect(response.status == 503 && response["retry-after"] != nil)
        #expect(response["proxy-status"]?.contains("all_unhealthy") == true)
        for status in origins.statuses { status.value = 200 }
        #expect(await gateway.waits(for: "healthy", of: 0))
        #expect(try await gateway.get("/").status == 200)
      }
    }

    @Test func aReloadStartsAndStopsChecks() async throws {
      try await withGatewayAndOrigins(2, upstream: "slowStart: 0s") { (gateway, origins) async throws in
        try await Task.sleep(for: .milliseconds(300))
        #expect(origins.received(0).isEmpty)
        origins.statuses[0].value = -500
        let checked = healthYAML(origins, upstream: Self.quick)
        try await gateway.gateway.reload(GatewayHarness.load(checked, log: gateway.log.path))
        #expect(await gateway.waits(for: "unhealthy", of: 0))
        let unchecked = healthYAML(origins, upstream: "slowStart: 0s")
        try await gateway.gateway.reload(GatewayHarness.load(unchecked, log: gateway.log.path))
        #expect(await gateway.standings() == ["healthy", "healthy"], "nobody is left who could bring it back")
        // One that was under way may still end.
        try await Task.sleep(for: .milliseconds(200))
        origins.clear()
        try await Task.sleep(for: .milliseconds(500))
        #expect(origins.received(0).isEmpty && origins.received(1).isEmpty)
      }
    }
  }
}
