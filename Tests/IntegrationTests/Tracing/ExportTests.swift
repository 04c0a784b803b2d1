import Foundation
import SluiceIncidents
import TestSupport
import Testing

extension Integration {
  /// `sluice run` and a collector that decodes with OpenTelemetry's own classes.
  @Suite(.timeLimit(.minutes(2))) struct ExportTests {
    private static let sampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    /// - Parameter ports: of the endpoints; those behind the first are asked only where it failed.
    private func yaml(_ ports: [Int], _ tracing: String, log: String? = nil, extra: String = "") -> String {
      let endpoints = ports.map { port in
        "{ url: 'http://127.0.0.1:\(port)'\(port == ports.first ? "" : ", backup: true") }"
      }
      return """
        listeners: [{ address: '127.0.0.1:0' }]
        upstreams:
          app: { endpoints: [\(endpoints.joined(separator: ", "))] }
        workers: 2
        drain: { deadline: 2s }
        \(log.map { "accessLog: { path: '\($0)' }" } ?? "")
        \(tracing.isEmpty ? "" : "tracing: { \(tracing) }")
        \(extra)
        """
    }

    /// A gateway of its own process, with its configuration's file, until it has ended.
    private func withGateway(
      _ yaml: String, in folder: TestFolder, _ body: (GatewayProcess, Int, _ file: String) async throws -> Void
    ) async throws {
      let file = folder.file("sluice.yaml")
      try yaml.write(toFile: file, atomically: true, encoding: .utf8)
      let process = try GatewayProcess.start(["--config", file], state: folder.path)
      do {
        try await body(process, try await process.listens(), file)
      } catch {
        await process.stop()
        throw error
      }
      await process.stop()
    }

    private func get(_ port: Int, _ target: String = "/", _ fields: String...) async throws -> RawResponse {
      let lines = fields.map { $0 + "\r\n" }.joined()
      return try await blocking {
        try RawClient(port: port).exchange(Array("GET \(target) HTTP/1.1\r\nHost: test\r\n\(lines)\r\n".utf8))
      }
    }

    @Test func twoAttemptsAreOneTrace() async throws {
      try await withCollector { collector, folder in
        try await withOrigin { origin in
          let dead = try listenPort()
          let log = RecordReader(path: folder.file("access.log"))
          let tracing = "endpoint: '\(collector.url)', sample: 100%, service: edge, headers: { X-Key: k }"
          try await withGateway(yaml([dead, origin.port], tracing, log: log.path), in: folder) { _, port, _ in
            let before = UInt64(Date().timeIntervalSince1970 * 1000) * 1_000_000
            let target = "/a/b?token=secret&page=2"
            let response = try await get(port, target, "traceparent: \(Self.sampled)", "tracestate: x=y")
            #expect(response.status == 200)
            let spans = try await collector.spans(atLeast: 3)
            let after = UInt64(Date().timeIntervalSince1970 * 1000) * 1_000_000
            let exchange = try #require(spans.filter(\.isExchange).first)
            let attempts = spans.filter { !$0.isExchange }.sorted { $0.start < $1.start }
            #expect(spans.count == 3 && attempts.count == 2)
            #expect(spans.allSatisfy { $0.traceId == "0af7651916cd43dd8448eb211c80319c" && $0.traceState == "x=y" })
            #expect(exchange.parentSpanId == "b7ad6b7169203331" && exchange.flags == 0x301)
            #expect(attempts.allSatisfy { $0.parentSpanId == exchange.spanId && $0.flags == 0x101 && $0.kind == 3 })
            #expect(Set(spans.map(\.spanId)).count == 3)
            expectTimes(exchange, attempts, within: before...after)
            expectAttributes(exchange, attempts, dead: dead, port: origin.port)
            let sent = text(origin.received)
            #expect(sent.contains("traceparent: 00-0af7651916cd43dd8448eb211c80319c-\(attempts[1].spanId)-01\r\n"))
            #expect(sent.contains("tracestate: x=y\r\n"))
            let record = try #require(try await log.records(atLeast: 1).first)
            #expect(record.traceId == exchange.traceId && exchange.text("sluice.exchange.id") == record.id)
            let export = try #require(try collector.exports().first)
            #expect(export.path == "/v1/traces" && export.fields["x-key"] == "k")
            #expect(exchange.resource["service.name"] == .text("edge"))
            try await expectExplained(record.id, exchange.traceId, state: folder.path)
          }
        }
      }
    }

    private func expectTimes(_ exchange: ExportedSpan, _ attempts: [ExportedSpan], within: ClosedRange<UInt64>) {
      #expect(within.contains(exchange.start) && exchange.end <= within.upperBound + 1_000_000)
      for attempt in attempts { #expect(attempt.start >= exchange.start && attempt.end <= exchange.end) }
      #expect(attempts[0].end <= attempts[1].start && attempts[0].start < attempts[0].end)
    }

    private func expectAttributes(_ exchange: ExportedSpan, _ attempts: [ExportedSpan], dead: Int, port: Int) {
      #expect(exchange.name == "GET /" && exchange.status == 0)
      #expect(exchange.text("http.request.method") == "GET" && exchange.text("url.path") == "/a/b")
      #expect(exchange.text("url.query") == "token&page", "values are nobody's business")
      #expect(exchange.text("url.scheme") == "http" && exchange.text("server.address") == "test")
      #expect(exchange.text("client.address") == "127.0.0.1" && exchange.text("network.protocol.version") == "1.1")
      #expect(exchange.number("http.response.status_code") == 200 && exchange.text("sluice.upstream") == "app")
      #expect(exchange.attributes["sluice.absorbed"] == .isTrue(true) && exchange.text("sluice.incident.id") != nil)
      let (first, second) = (attempts[0], attempts[1])
      #expect(first.text("sluice.cause") == "connect_refused" && first.text("error.type") == "connect_refused")
      #expect(first.text("sluice.who") == "application" && first.status == 2 && !first.message.isEmpty)
      #expect(first.text("server.address") == "127.0.0.1" && first.number("server.port") == Double(dead))
      #expect(first.text("sluice.errno") == "ECONNREFUSED" && first.number("sluice.time.connect_ms") != nil)
      #expect(second.status == 0 && second.number("http.response.status_code") == 200)
      #expect(second.number("http.request.resend_count") == 1)
      #expect(second.text("sluice.retry.reason") == "connect_refused")
      #expect(second.number("server.port") == Double(port) && second.text("sluice.cause") == nil)
      #expect(second.attributes["sluice.connection.reused"] == .isTrue(false))
    }

    /// `sluice why` names the trace.
    private func expectExplained(_ id: String, _ trace: String, state: String) async throws {
      let environment = ["XDG_STATE_HOME": state, "HOME": state, "NO_COLOR": "1"]
      var said = ""
      let isTold = try await eventually {
        said = try await CommandRun(["why", id], environment: environment).output
        return said.contains(trace)
      }
      #expect(isTold, "\(said)")
    }

    @Test func aFailureIsExportedThoughItIsNotSampled() async throws {
      try await withCollector { collector, folder in
        try await withOrigin { origin in
          let dead = try listenPort()
          let tracing = "endpoint: '\(collector.url)', sample: 0%"
          let routes = """
            routes: [{ path: /dead, upstream: dead }, { upstream: app }]
            """
          let text = yaml([origin.port], tracing, extra: routes)
            .replacing("  app:", with: "  dead: { endpoints: ['http://127.0.0.1:\(dead)'] }\n  app:")
          try await withGateway(text, in: folder) { _, port, _ in
            for _ in 0..<10 { #expect(try await get(port).status == 200) }
            let response = try await get(port, "/dead")
            #expect(response.status == 502)
            for _ in 0..<10 { #expect(try await get(port).status == 200) }
            let spans = try await collector.spans(atLeast: 2)
            let exchange = try #require(spans.filter(\.isExchange).first)
            #expect(spans.filter(\.isExchange).count == 1 && exchange.name == "GET /dead")
            #expect(exchange.attributes["sluice.sampled_late"] == .isTrue(true) && exchange.flags & 1 == 0)
            #expect(exchange.status == 2 && exchange.message == "The service could not be reached.")
            #expect(exchange.text("sluice.incident.id") == response["sluice-incident"])
            #expect(exchange.text("error.type") == "connect_refused" && exchange.text("sluice.who") == "application")
            #expect(exchange.number("http.response.status_code") == 502)
          }
          // What went upstream says that it is not sampled.
          #expect(TestSupport.text(origin.received).contains("-02\r\n"))
        }
        #expect(try collector.exports().flatMap { $0.spans ?? [] }.filter(\.isExchange).count == 1)
      }
    }

    @Test func ofAllThatIsSampledNothingIsLost() async throws {
      // The collector fails at first; the gateway's end sends what is left.
      try await withCollector(["503", "502", "429:retry=1"]) { collector, folder in
        try await withOrigin { origin in
          let count = 600
          try await withGateway(yaml([origin.port], "endpoint: '\(collector.url)', sample: 100%"), in: folder) {
            gateway, port, _ in
            try await inParallel(Array(0..<count), width: 8) { number in
              let response = try await self.get(port, "/\(number)")
              #expect(response.status == 200)
            }
            try await gateway.says("spans are exported")
          }
          let exports = try collector.exports()
          let spans = exports.filter(\.isTaken).flatMap { $0.spans ?? [] }
          let paths = spans.filter(\.isExchange).compactMap { $0.text("url.path") }
          #expect(paths.count == count && Set(paths) == Set((0..<count).map { "/\($0)" }))
          #expect(spans.count == 2 * count && Set(spans.map(\.spanId)).count == 2 * count)
          let exchanges = Set(spans.filter(\.isExchange).map(\.spanId))
          #expect(spans.filter { !$0.isExchange }.allSatisfy { exchanges.contains($0.parentSpanId) })
          // A repeat is the same, byte for byte.
          #expect(exports.prefix(4).map(\.answer) == ["503", "502", "429:retry=1", "200"])
          #expect(Set(exports.prefix(4).map(\.bytes)).count == 1)
        }
      }
    }

    @Test func whatTheCollectorSaysIsTold() async throws {
      try await withCollector(["200:rejected=2", "400", "garbage"]) { collector, folder in
        try await withOrigin { origin in
          try await withGateway(yaml([origin.port], "endpoint: '\(collector.url)', sample: 100%"), in: folder) {
            gateway, port, _ in
            _ = try await get(port)
            try await gateway.says("rejected 2 spans: some were not liked")
            _ = try await get(port)
            try await gateway.says("refuses spans with 400")
            _ = try await get(port)
            try await gateway.says("is no collector of OTLP")
          }
        }
      }
    }

    /// No collector, one that hangs, and one that answers with what is no answer.
    @Test(arguments: ["dead", "hang", "garbage", "close"])
    func aCollectorInTroubleCostsNoRequest(trouble: String) async throws {
      try await withCollector(Array(repeating: trouble, count: 50)) { collector, folder in
        if trouble == "dead" { await collector.stop() }
        try await withOrigin { origin in
          try await withGateway(yaml([origin.port], "endpoint: '\(collector.url)', sample: 100%"), in: folder) {
            gateway, port, _ in
            let clock = ContinuousClock()
            let began = clock.now
            try await inParallel(Array(0..<300), width: 4) { _ in
              let response = try await self.get(port)
              #expect(response.status == 200)
            }
            #expect(clock.now - began < .seconds(20))
            gateway.send(SIGTERM)
            #expect(await gateway.ends(within: 10), "the end waits for nobody")
            #expect(gateway.status == 0)
          }
        }
      }
    }

    @Test func aReloadTurnsItOnAndOff() async throws {
      try await withCollector { collector, folder in
        try await withOrigin { origin in
          let tracing = "endpoint: '\(collector.url)', sample: 100%"
          try await withGateway(yaml([origin.port], ""), in: folder) { gateway, port, file in
            func reload(_ tracing: String, generation: Int) async throws {
              let text = yaml([origin.port], tracing)
              try text.write(toFile: file, atomically: true, encoding: .utf8)
              gateway.send(SIGHUP)
              try await gateway.says("configuration reloaded: generation \(generation)")
            }
            _ = try await get(port, "/before")
            #expect(!text(origin.received).contains("traceparent"))
            try await reload(tracing, generation: 2)
            _ = try await get(port, "/during")
            #expect(text(origin.received).contains("traceparent"))
            try await reload("", generation: 3)
            origin.clear()
            _ = try await get(port, "/after")
            #expect(!text(origin.received).contains("traceparent"))
            let spans = try await collector.spans(atLeast: 2)
            #expect(spans.filter(\.isExchange).compactMap { $0.text("url.path") } == ["/during"])
          }
          #expect(try collector.exports().flatMap { $0.spans ?? [] }.count == 2)
        }
      }
    }
  }
}
