import SluiceIncidents
import TestSupport
import Testing

extension Integration {
  /// Endpoints with names, resolved by a name server of the test's own.
  @Suite struct NameTests {
    private func withNamedUpstream(
      timeout: String = "2s", _ answer: @escaping StubDNSServer.Answer,
      _ body: (GatewayHarness, StubDNSServer) async throws -> Void
    ) async throws {
      let server = try StubDNSServer(answer)
      defer { server.stop() }
      try await withGateway(
        """
        listeners: [{ address: '127.0.0.1:0' }]
        upstreams: { app: { endpoints: ['http://api.test:8080'] } }
        resolver: { servers: ['127.0.0.1:\(server.port)'], timeout: \(timeout) }
        """
      ) { try await body($0, server) }
    }

    /// RFC 9209 section 2.3.2: the parameter holds the name of the code that the name server gave.
    @Test(arguments: [
      (UInt16(3), "NXDOMAIN", "dns_nxdomain"), (2, "SERVFAIL", "dns_servfail"), (5, "REFUSED", "dns_refused"),
      (0, "NOERROR", "dns_no_address"),
    ])
    func theCodeOfTheNameServerIsToldInProxyStatus(rcode: UInt16, name: String, cause: String) async throws {
      try await withNamedUpstream({ [$0.response(rcode: rcode)] }) { gateway, server in
        let response = try await gateway.get("/")
        #expect(response.status == 502)
        let status = try #require(response["proxy-status"])
        let parameters = status.split(separator: ";").map(\.trimmed)
        #expect(parameters.first == GatewayHarness.name)
        #expect(parameters.contains("error=dns_error") && parameters.contains("rcode=\"\(name)\""), "\(status)")
        #expect(try await gateway.log.records(atLeast: 1).map(\.cause) == [cause])
        #expect(server.questions.contains { $0.name == "api.test" })
      }
    }

    @Test func aSilentNameServerGaveNoCode() async throws {
      try await withNamedUpstream(timeout: "200ms", { _ in [] }) { gateway, _ in
        let response = try await gateway.get("/")
        #expect(response.status == 504)
        let status = try #require(response["proxy-status"])
        #expect(status.contains("error=dns_timeout") && !status.contains("rcode="), "\(status)")
        #expect(try await gateway.log.records(atLeast: 1).map(\.cause) == ["dns_timeout"])
      }
    }
  }
}
