import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// Clients that go away, and what strangers are told.
  @Suite struct ClientTests {
    /// How a client may leave.
    enum Leaving: CaseIterable {
      case close, halfClose, reset
    }

    @Test(arguments: Leaving.allCases)
    func aClientThatLeavesIsRecordedAndItsAttemptCancelled(leaving: Leaving) async throws {
      try await withGatewayAndOrigin(answer: { _ in [] }) { gateway, origin in
        let port = gateway.port
        let client = try await blocking {
          let client = try RawClient(port: port)
          client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
          return UncheckedBox(client)
        }
        let isWaiting = await eventually { !origin.received.isEmpty }
        #expect(isWaiting)
        switch leaving {
        case .close: client.value.close()
        case .halfClose: client.value.shutOutput()
        case .reset: client.value.reset()
        }
        let records = try await gateway.log.records(atLeast: 1)
        #expect(records.map(\.status) == [499] && records.first?.cause == "client_aborted")
        #expect(records.first?.who == "client" && records.first?.attempts?.count == 1)
        let isCancelled = await eventually { origin.openConnections == 0 }
        #expect(isCancelled, "the attempt went on for nobody")
        let counts = await gateway.gateway.counts()
        #expect(counts.exchanges == 0 && counts.requestPermits == 0 && counts.connectionPermits == 0)
      }
    }

    @Test func aClientThatLeavesInTheMiddleOfItsUploadIsRecorded() async throws {
      try await withGatewayAndLab { gateway, lab in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n\r\nonly this")
          _ = client.readThrough([0x0D, 0x0A, 0x0D, 0x0A])
          client.close()
        }
        let records = try await gateway.log.records(atLeast: 1)
        #expect(records.count == 1 && records.first?.cause == "client_aborted")
        let isCancelled = await eventually { lab.counts.connectionsOpen == 0 }
        #expect(isCancelled)
      }
    }

    @Test func aClientThatLeavesInTheMiddleOfItsHeadIsRecorded() async throws {
      try await withGatewayAndLab { gateway, _ in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          client.send("GET / HTTP/1.1\r\nHo")
          client.shutOutput()
          _ = client.readToEnd()
        }
        let records = try await gateway.log.records(atLeast: 1)
        #expect(records.map(\.status) == [499] && records.first?.phase == "head")
      }
    }

    @Test func aClientThatLeavesBetweenRequestsIsNotRecorded() async throws {
      try await withGatewayAndLab { gateway, _ in
        let response = try await gateway.get("/ok")
        #expect(response.status == 200)
        let isClosed = await eventually { await gateway.gateway.counts().downstreamConnections == 0 }
        #expect(isClosed)
        #expect(try await gateway.log.records(atLeast: 1).count == 1)
      }
    }

    @Test func theBodyOfAnErrorIsWhatTheClientAccepts() async throws {
      try await withDeadUpstream { gateway in
        let expected = [
          ("application/json", "application/problem+json"), ("application/problem+json", "application/problem+json"),
          ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
          ("text/plain", "text/plain; charset=utf-8"), ("*/*", "text/plain; charset=utf-8"),
          ("image/png", "text/plain; charset=utf-8"), ("text/html;q=0, application/json", "application/problem+json"),
        ]
        for (accept, type) in expected {
          let response = try await gateway.get("/", "Accept: \(accept)")
          #expect(
            response.status == 502 && response["content-type"] == type, "\(accept): \(response["content-type"] ?? "")")
          #expect(response.bodyText.contains("connect_refused"), "\(accept)")
          #expect(response.bodyText.contains(response["sluice-incident"] ?? "?"), "\(accept)")
        }
        let head = try await gateway.exchange("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n")
        #expect(head.status == 502 && head.bodyCount == 0 && Int(head["content-length"] ?? "") ?? 0 > 0)
      }
    }

    @Test func strangersAreToldNothingInternal() async throws {
      try await withDeadUpstream { gateway in
        for accept in ["application/json", "text/html", "text/plain"] {
          let trusted = try await gateway.get("/", "Accept: \(accept)")
          #expect(
            (text(trusted.head) + trusted.bodyText).contains("127.0.0.1"),
            "\(accept): a trusted client sees the endpoint")
          for forwarded in [
            "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1", "X-Forwarded-For: 127.0.0.1, 192.0.2.1",
          ] {
            let stranger = try await gateway.get("/", "Accept: \(accept)", forwarded)
            #expect(stranger["proxy-status"]?.contains("error=connection_refused") == true)
            #expect(
              !(text(stranger.head) + stranger.bodyText).contains("127.0.0.1"),
              "\(accept) \(forwarded): \(stranger.bodyText)")
            #expect(!stranger.bodyText.contains("ECONNREFUSED"), "\(accept) \(forwarded)")
          }
        }
      }
    }

    @Test func withoutTrustNobodyIsToldMore() async throws {
      try await withDeadUpstream("trusted: { detail: [192.0.2.0/24] }") { gateway in
        let response = try await gateway.get("/", "Accept: application/json")
        #expect(!(text(response.head) + response.bodyText).contains("127.0.0.1"))
      }
    }

    private func withDeadUpstream(_ extra: String = "", _ body: (GatewayHarness) async throws -> Void) async throws {
      try await withLab { lab in
        let dead = try #require(LabCatalogue.scenario("connect-refused"))
        try await withGateway(
          """
          listeners: [{ address: '127.0.0.1:0' }]
          upstreams: { app: { endpoints: ['\(lab.endpoint(of: dead))'] } }
          \(extra)
          """, body)
      }
    }
  }
}
