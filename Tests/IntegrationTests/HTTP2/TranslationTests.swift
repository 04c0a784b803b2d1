import Foundation
import SluiceLab
import SluiceWire
import TestSupport
import Testing

extension Integration {
  /// What an HTTP/1.1 endpoint is given of an HTTP/2 request, and the client of its response.
  @Suite struct TranslationTests {
    private static func lines(_ origin: RecordingOrigin) -> [String] {
      text(origin.received).components(separatedBy: "\r\n")
    }

    @Test func aRequestArrivesAsHTTP1HasIt() async throws {
      try await withGatewayAndOrigin { gateway, origin in
        let port = gateway.port
        let response = try await blocking {
          let client = try HTTP2Client(port: port)
          let id = client.request(
            "/a?b=c", [("cookie", "a=1"), ("cookie", "b=2"), ("te", "trailers"), ("x-one", "2")])
          return client.response(id)
        }
        #expect(response.status == 200)
        #expect(response.body == Array("ok\n".utf8))
        #expect(response.value(of: "content-length") == "3")
        #expect(response.value(of: "date") != nil)
        let lines = Self.lines(origin)
        #expect(lines.first == "GET /a?b=c HTTP/1.1")
        #expect(lines.contains("cookie: a=1; b=2"))
        #expect(lines.contains("TE: trailers"))
        #expect(lines.contains("Connection: TE"))
        #expect(lines.contains("x-one: 2"))
        #expect(lines.contains("Host: test"))
        #expect(lines.contains { $0.hasPrefix("Via: 2.0 ") })
        #expect(!lines.contains { $0.lowercased().hasPrefix("transfer-encoding") || $0.hasPrefix(":") })
      }
    }

    @Test func aBodyWithoutALengthIsChunkedAndOneWithItKeepsIt() async throws {
      try await withGatewayAndOrigin { gateway, origin in
        let port = gateway.port
        for fields in [[], [("content-length", "5")]] {
          origin.clear()
          let status = try await blocking {
            let client = try HTTP2Client(port: port)
            let id = client.request("/", method: "POST", fields, ends: false)
            client.sendBody(Array("he".utf8), on: id, ends: false)
            client.sendBody(Array("llo".utf8), on: id, ends: true)
            return client.response(id).status
          }
          #expect(status == 200)
          let received = text(origin.received)
          #expect(received.contains("Transfer-Encoding: chunked") == fields.isEmpty)
          #expect(received.contains("content-length: 5") == !fields.isEmpty)
        }
      }
    }

    @Test func fieldsOfTheEndpointsConnectionStayOnIt() async throws {
      let answer = Array(
        "HTTP/1.1 200 OK\r\nConnection: X-Hop, Keep-Alive\r\nX-Hop: 1\r\nX-End: 2\r\nContent-Length: 0\r\n\r\n".utf8)
      try await withGatewayAndOrigin(answer: { _ in answer }) { gateway, _ in
        let port = gateway.port
        let response = try await blocking {
          let client = try HTTP2Client(port: port)
          return client.response(client.request("/"))
        }
        #expect(response.status == 200)
        #expect(response.value(of: "x-end") == "2")
        for name in ["keep-alive", "connection", "x-hop", "transfer-encoding"] {
          #expect(response.value(of: name) == nil, "\(name)")
        }
      }
    }

    /// A malformed request costs its stream, and is told which rule it broke.
    @Test func aMalformedRequestIsAnsweredAndCostsNothingElse() async throws {
      try await withGatewayAndOrigin { gateway, _ in
        let port = gateway.port
        let (bad, good) = try await blocking {
          let client = try HTTP2Client(port: port)
          let bad = [
            client.request("/", [("Upper", "case")]), client.request("/", [("connection", "close")]),
            client.request("/", [(":path", "")]), client.request("/", [("host", "other")]),
            client.request("/", [("content-length", "5")]),
          ]
          let good = client.request("/")
          return (bad.map { client.response($0) }, client.response(good))
        }
        #expect(bad.map(\.status) == [400, 400, 400, 400, 400])
        #expect(bad.allSatisfy { $0.value(of: "proxy-status")?.contains("error=http_request_error") == true })
        #expect(text(bad[0].body).contains("upper-case"))
        #expect(good.status == 200)
        let records = try await gateway.log.records(atLeast: 6)
        #expect(records.compactMap(\.rule).sorted().first == "connection_field")
      }
    }

    @Test func moreOrLessContentThanDeclaredEndsTheStream() async throws {
      try await withGatewayAndOrigin { gateway, _ in
        let port = gateway.port
        let resets = try await blocking {
          try [2, 9].map { count in
            let client = try HTTP2Client(port: port)
            let id = client.request("/", method: "POST", [("content-length", "5")], ends: false)
            client.sendBody([UInt8](repeating: 0x78, count: count), on: id, ends: true)
            return client.response(id).reset
          }
        }
        #expect(resets == [.protocolError, .protocolError])
      }
    }

    /// A gRPC client reads its own status, whatever HTTP would have said.
    @Test func aFailedCallOfGRPCHasItsStatusInItsOnlyHead() async throws {
      try await withGateway(
        "listeners: [{ address: '127.0.0.1:0' }]\nupstreams: { app: { endpoints: ['http://127.0.0.1:1'] } }"
      ) { gateway in
        let port = gateway.port
        let response = try await blocking {
          let client = try HTTP2Client(port: port)
          return client.response(client.request("/a.B/c", method: "POST", [("content-type", "application/grpc+proto")]))
        }
        #expect(response.status == 200)
        #expect(response.heads.count == 1)
        #expect(response.body.isEmpty)
        #expect(response.value(of: "grpc-status") == "14")
        #expect(response.value(of: "grpc-message")?.contains("connect_refused") == true)
        #expect(response.value(of: "proxy-status")?.contains("error=connection_refused") == true)
        #expect(response.value(of: "content-type") == "application/grpc")
        #expect(response.value(of: "content-length") == nil)
        let record = try #require(try await gateway.log.records(atLeast: 1).first)
        #expect(record.cause == "connect_refused")
      }
    }

    /// The client's deadline is the request's, from its head on.
    @Test func aCallEndsAtItsOwnDeadline() async throws {
      try await withGatewayAndOrigin(answer: { _ in [] }) { gateway, _ in
        let port = gateway.port
        let response = try await blocking {
          let client = try HTTP2Client(port: port)
          let fields = [("content-type", "application/grpc"), ("grpc-timeout", "300m")]
          return client.response(client.request("/a.B/c", method: "POST", fields))
        }
        #expect(response.value(of: "grpc-status") == "4")
        let record = try #require(try await gateway.log.records(atLeast: 1).first)
        #expect(record.cause == "request_deadline" || record.cause == "response_header_timeout")
      }
    }
  }
}
