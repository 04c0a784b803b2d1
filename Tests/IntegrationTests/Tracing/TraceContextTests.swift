import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// `traceparent` and `tracestate` on their way through the gateway.
  @Suite struct TraceContextTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"
    private static let sampled = "00-\(trace)-b7ad6b7169203331-01"
    /// Nobody listens there; what goes upstream does not depend on it.
    private static func tracing(_ keys: String = "sample: 0%") -> String {
      "tracing: { endpoint: 'http://127.0.0.1:9/v1/traces', \(keys) }"
    }

    private func field(_ name: String, _ origin: RecordingOrigin) -> [String] {
      text(origin.received).components(separatedBy: "\r\n").filter { $0.lowercased().hasPrefix(name + ":") }
        .map { String($0.dropFirst(name.count + 1)).trimmed }
    }

    /// The parts of the only `traceparent` that went upstream.
    private func parent(_ origin: RecordingOrigin) throws -> (trace: String, span: String, flags: String) {
      let values = field("traceparent", origin)
      let parts = try #require(values.first).components(separatedBy: "-")
      #expect(values.count == 1 && parts.count == 4 && parts[0] == "00")
      #expect(parts[1].count == 32 && parts[2].count == 16 && parts[2] != String(repeating: "0", count: 16))
      return (parts[1], parts[2], parts[3])
    }

    @Test func withoutTracingBothFieldsPassAsTheyCame() async throws {
      try await withGatewayAndOrigin { gateway, origin in
        let odd = "00-0AF7651916CD43DD8448EB211C80319C-nonsense"
        _ = try await gateway.get("/", "TraceParent: \(odd)", "tracestate: a=b,, c", "tracestate: d=e")
        #expect(field("traceparent", origin) == [odd] && field("tracestate", origin) == ["a=b,, c", "d=e"])
        origin.clear()
        _ = try await gateway.get("/", "traceparent: \(Self.sampled)")
        #expect(field("traceparent", origin) == [Self.sampled])
        origin.clear()
        _ = try await gateway.get("/")
        #expect(field("traceparent", origin).isEmpty)
        // The log names a trace that is one.
        let records = try await gateway.log.records(atLeast: 3)
        #expect(Set(records.map(\.traceId)) == [nil, Self.trace])
      }
    }

    @Test func aTraceGoesOnWithASpanOfTheAttempt() async throws {
      try await withGatewayAndOrigin("trusted: { proxies: [127.0.0.0/8] }\n" + Self.tracing()) { gateway, origin in
        _ = try await gateway.get("/", "traceparent: \(Self.sampled)", "tracestate: a=b,c=d", "tracestate: e=f")
        let parent = try parent(origin)
        #expect(parent.trace == Self.trace && parent.span != "b7ad6b7169203331" && parent.flags == "01")
        #expect(field("tracestate", origin) == ["a=b,c=d", "e=f"])
        #expect(try await gateway.log.records(atLeast: 1).map(\.traceId) == [Self.trace])
      }
    }

    /// A client that is not believed keeps its IDs; the share decides on the flag.
    @Test(arguments: [("0%", "00"), ("100%", "01")])
    func aStrangersFlagIsOurs(share: String, flag: String) async throws {
      try await withGatewayAndOrigin(Self.tracing("sample: \(share)")) { gateway, origin in
        for sent in ["00", "01"] {
          origin.clear()
          _ = try await gateway.get("/", "traceparent: 00-\(Self.trace)-b7ad6b7169203331-\(sent)", "tracestate: a=b")
          let parent = try parent(origin)
          #expect(parent.trace == Self.trace && parent.flags == flag && field("tracestate", origin) == ["a=b"])
        }
      }
    }

    @Test func aStrangersTraceCanBeLeft() async throws {
      try await withGatewayAndOrigin(Self.tracing("untrusted: restart")) { gateway, origin in
        _ = try await gateway.get("/", "traceparent: \(Self.sampled)", "tracestate: a=b")
        let parent = try parent(origin)
        #expect(parent.trace != Self.trace && field("tracestate", origin).isEmpty)
      }
    }

    /// The recommendation: an invalid field, and more than one, start the trace anew, and its state goes.
    @Test(arguments: [
      [], ["traceparent: 00-\(trace)-b7ad6b7169203331"], ["traceparent: ff-\(trace)-b7ad6b7169203331-01"],
      ["traceparent: 00-\(trace)-0000000000000000-01"], ["traceparent: "],
      ["traceparent: \(sampled)", "TRACEPARENT: \(sampled)"],
      ["traceparent: \(sampled)", "traceparent: \(sampled)", "traceparent: \(sampled)"],
    ])
    func whatIsInvalidStartsTheTraceAnew(fields: [String]) async throws {
      try await withGatewayAndOrigin("trusted: { proxies: [127.0.0.0/8] }\n" + Self.tracing()) { gateway, origin in
        let lines = (fields + ["tracestate: a=b"]).map { $0 + "\r\n" }.joined()
        _ = try await gateway.exchange("GET / HTTP/1.1\r\nHost: test\r\n\(lines)\r\n")
        let parent = try parent(origin)
        #expect(parent.trace != Self.trace && parent.flags == "02", "its bytes are random, and it is not sampled")
        #expect(field("tracestate", origin).isEmpty)
        #expect(try await gateway.log.records(atLeast: 1).map(\.traceId) == [parent.trace])
      }
    }

    @Test func tracesDiffer() async throws {
      try await withGatewayAndOrigin(Self.tracing()) { gateway, origin in
        for _ in 0..<20 { _ = try await gateway.get("/") }
        let values = field("traceparent", origin)
        #expect(values.count == 20 && Set(values.map { $0.prefix(35) }).count == 20)
      }
    }

    @Test func aRouteMayHaveItsOwnOpinion() async throws {
      let routes = "routes: [{ upstream: app, requestHeaders: { remove: [traceparent] } }]\n"
      try await withGatewayAndOrigin(routes + Self.tracing()) { gateway, origin in
        _ = try await gateway.get("/", "traceparent: \(Self.sampled)")
        #expect(field("traceparent", origin).isEmpty)
      }
    }

    @Test func aTunnelsRequestHasItToo() async throws {
      let switching = Array(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n".utf8)
      try await withGatewayAndOrigin(Self.tracing(), answer: { _ in switching }) { gateway, origin in
        let port = gateway.port
        _ = try await blocking {
          let client = try RawClient(port: port)
          let fields = "Connection: Upgrade\r\nUpgrade: echo\r\ntraceparent: \(Self.sampled)\r\n"
          client.send("GET / HTTP/1.1\r\nHost: test\r\n\(fields)\r\n")
          return client.readThrough(Array("\r\n\r\n".utf8))
        }
        let parent = try parent(origin)
        #expect(parent.trace == Self.trace)
      }
    }

    /// HTTP/2 on both sides: a second gateway, which passes the fields as they came, shows what the first one sent.
    @Test func HTTP2OnBothSidesHasIt() async throws {
      try await withGatewayAndOrigin { second, origin in
        // Of the same name it would be a loop.
        let first = try await GatewayHarness.start(
          """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:\(second.port)'], protocol: http2 } }
          \(Self.tracing("sample: 100%"))
          """, name: "first")
        let port = first.port
        let status = try await blocking {
          let client = try HTTP2Client(port: port)
          let id = client.request("/", [("traceparent", Self.sampled), ("tracestate", "a=b")])
          return client.response(id).status
        }
        await first.stop()
        #expect(status == 200)
        let parent = try parent(origin)
        #expect(parent.trace == Self.trace && parent.span != "b7ad6b7169203331" && parent.flags == "01")
        #expect(field("tracestate", origin) == ["a=b"])
        #expect(text(origin.received).contains("via: 2.0 first\r\n"))
      }
    }
  }
}
