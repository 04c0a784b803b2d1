import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// Via, Forwarded and their like: who is believed, and what is passed on.
  @Suite struct ForwardingFieldTests {
    /// Fields of the request as the origin got it, by lower-case name.
    private func sent(_ origin: RecordingOrigin) -> [String: [String]] {
      var fields: [String: [String]] = [:]
      for line in text(origin.received).components(separatedBy: "\r\n").dropFirst() {
        guard let colon = line.firstIndex(of: ":") else { continue }
        fields[line[..<colon].lowercased(), default: []].append(line[line.index(after: colon)...].trimmed)
      }
      return fields
    }

    private static let claims = [
      "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: public.test",
      "Forwarded: for=192.0.2.1;proto=https;host=public.test", "X-Request-ID: theirs", "Via: 1.1 edge",
      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate: a=b",
    ]

    private func request(_ fields: [String]) -> String {
      "GET / HTTP/1.1\r\nHost: test\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
    }

    @Test func whatAStrangerClaimsIsReplaced() async throws {
      try await withGatewayAndOrigin { gateway, origin in
        _ = try await gateway.exchange(request(Self.claims))
        let fields = sent(origin)
        #expect(fields["x-forwarded-for"] == ["127.0.0.1"])
        #expect(fields["x-forwarded-proto"] == ["http"])
        #expect(fields["x-forwarded-host"] == ["test"])
        #expect(fields["forwarded"] == ["for=127.0.0.1;proto=http;host=\"test\""])
        let record = try #require(try await gateway.log.records(atLeast: 1).first)
        #expect(fields["x-request-id"] == [record.id] && record.clientRequestId == "theirs")
        #expect(fields["traceparent"] == ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"])
        #expect(fields["tracestate"] == ["a=b"])
      }
    }

    @Test func whatATrustedProxySaysIsCarriedOn() async throws {
      try await withGatewayAndOrigin("trusted: { proxies: [127.0.0.0/8] }") { gateway, origin in
        _ = try await gateway.exchange(request(Self.claims))
        let fields = sent(origin)
        #expect(fields["x-forwarded-for"] == ["192.0.2.1, 127.0.0.1"])
        #expect(fields["x-forwarded-proto"] == ["https"])
        #expect(fields["x-forwarded-host"] == ["public.test"])
        #expect(
          fields["forwarded"]
            == ["for=192.0.2.1;proto=https;host=public.test, for=127.0.0.1;proto=http;host=\"test\""])
        #expect(fields["x-request-id"] == ["theirs"])
      }
    }

    @Test func viaNamesEachGatewayOnTheWay() async throws {
      try await withGatewayAndOrigin { gateway, origin in
        let response = try await gateway.exchange(request(["Via: 1.1 edge, 1.0 other"]))
        #expect(response["via"] == nil, "Via is for requests")
        let via = sent(origin)["via"]?.joined(separator: ", ")
        #expect(via == "1.1 edge, 1.0 other, 1.1 \(GatewayHarness.name)")
        origin.clear()
        _ = try await gateway.exchange("GET / HTTP/1.0\r\nHost: test\r\n\r\n")
        #expect(sent(origin)["via"] == ["1.0 \(GatewayHarness.name)"])
      }
    }

    @Test func aGatewayThatIsPointedAtItselfAnswersTheLoop() async throws {
      let path = GatewayHarness.temporaryPath("loop.sock")
      let configuration = """
        listeners: [{ address: '127.0.0.1:0' }, { address: 'unix:\(path)' }]
        upstreams: { app: { endpoints: ['unix:\(path)'] } }
        """
      try await withGateway(configuration) { gateway in
        let response = try await gateway.get("/")
        #expect(response.status == 502)
        #expect(response["proxy-status"]?.contains("error=proxy_loop_detected") == true)
        let records = try await gateway.log.records(atLeast: 2)
        #expect(records.map { $0.cause ?? "" }.sorted() == ["loop_detected", "upstream_status"])
      }
      #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aLongerNameInViaIsNoLoop() async throws {
      try await withGatewayAndOrigin { gateway, _ in
        let other = try await gateway.get("/", "Via: 1.1 \(GatewayHarness.name)-2")
        #expect(other.status == 200)
        let own = try await gateway.get("/", "Via: 1.1 \(GatewayHarness.name)")
        #expect(own.status == 502)
      }
    }
  }
}
