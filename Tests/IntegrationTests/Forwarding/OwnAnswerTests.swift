import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// What the application answers is the application's, errors included.
  @Suite struct OwnAnswerTests {
    /// Fields that belong to one connection only, or to the framing that each side chooses for itself.
    private static let hopByHop: Set<String> = ["connection", "transfer-encoding", "keep-alive"]

    private func endToEnd(_ response: RawResponse) -> [RawResponse.Field] {
      response.fields.filter { !Self.hopByHop.contains($0.name.lowercased()) }
    }

    @Test func anErrorOfTheApplicationKeepsStatusFieldsAndBody() async throws {
      try await withGatewayAndLab { gateway, lab in
        let scenarios = LabCatalogue.scenarios.filter {
          $0.transport == .http1 && $0.expected.cause == .upstreamStatus
        }
        #expect(scenarios.count >= 10)
        for scenario in scenarios {
          let request = "GET \(scenario.target) HTTP/1.1\r\nHost: test\r\nX-Request-ID: \(scenario.name)\r\n\r\n"
          let direct = try await blocking { [port = lab.port] in try RawClient(port: port).exchange(request) }
          let through = try await gateway.exchange(request)
          #expect(through.status == direct.status, "\(scenario.name)")
          #expect(through.reason == direct.reason, "\(scenario.name)")
          var fields = endToEnd(through)
          // Who forwards a response without Date adds it (RFC 9110 section 6.6.1).
          if direct["date"] == nil, fields.last?.name == "Date" { fields.removeLast() }
          #expect(fields == endToEnd(direct), "\(scenario.name)")
          #expect(through.body == direct.body, "\(scenario.name)")
          #expect(through.isWhole, "\(scenario.name)")
          let record = try await gateway.log.records(of: scenario.name).first
          #expect(record?.cause == "upstream_status" && record?.who == "application", "\(scenario.name)")
          #expect(record?.isGenerated != true, "\(scenario.name)")
        }
      }
    }

    @Test func theHeadOfALengthDelimitedAnswerPassesByteForByte() async throws {
      let head =
        "HTTP/1.1 503 Closed For Lunch\r\nx-zULU: last  first\r\nCONTENT-length: 4\r\nX-Twice: one\r\nx-twice: TWO\r\n"
        + "X-Bytes: Größe\r\nDate: yesterday\r\nServer: mine\r\n\r\n"
      try await withGatewayAndOrigin(answer: { _ in Array((head + "body").utf8) }) { gateway, _ in
        let response = try await gateway.get("/")
        #expect(text(response.head) == head)
        #expect(response.bodyText == "body")
      }
    }
  }
}
