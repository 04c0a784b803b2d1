import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// After 101 bytes pass both ways until both sides have ended.
  @Suite struct TunnelTests {
    private static let upgrade = "GET /tunnel HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"

    @Test func aWebSocketMessageComesBack() async throws {
      try await withGatewayAndLab { gateway, _ in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          let answer = client.exchange(
            "GET /websocket HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
          #expect(answer.status == 101 && answer["upgrade"] == "websocket" && answer["connection"] == "Upgrade")
          #expect(answer["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          // A masked text frame, then a masked close (RFC 6455 section 5.2).
          client.send([0x81, 0x85, 1, 2, 3, 4] + zip(Array("hello".utf8), [1, 2, 3, 4, 1]).map { $0 ^ $1 })
          #expect(client.read(7) == [0x81, 5] + Array("hello".utf8))
          client.send([0x88, 0x80, 0, 0, 0, 0])
          let (rest, end) = client.readToEnd()
          #expect(rest == [0x88, 0] && end == .fin)
        }
        let record = try #require(try await gateway.log.records(atLeast: 1).first)
        #expect(record.status == 101 && record.cause == nil && record.phase == "done")
        #expect(record.bytesOut > 100 && record.bytesIn > 100)
      }
    }

    @Test func bytesBehindTheHeadsBelongToTheTunnel() async throws {
      try await withGatewayAndLab { gateway, _ in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          let upgrade = Self.upgrade.replacing("/tunnel", with: "/tunnel-with-bytes")
          let answer = client.exchange(upgrade + "early")
          #expect(answer.status == 101)
          #expect(text(client.read(13)) == "at once\nearly")
        }
      }
    }

    @Test func aHalfCloseLeavesTheOtherDirectionOpen() async throws {
      try await withGatewayAndLab { gateway, lab in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          #expect(client.exchange(Self.upgrade).status == 101)
          let bytes = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
          client.send(bytes)
          let back = client.read(bytes.count)
          #expect(back == bytes)
          client.send("last words")
          client.flush()
          client.shutOutput()
          let (rest, end) = client.readToEnd()
          #expect(text(rest) == "last words" && end == .fin)
        }
        let isClosed = await eventually { lab.counts.connectionsOpen == 0 }
        #expect(isClosed)
      }
    }

    @Test func aTunnelSurvivesAReloadThatRemovesItsListener() async throws {
      try await withLab { lab in
        let socket = GatewayHarness.temporaryPath("tunnel.sock")
        let upstream = "upstreams: { app: { endpoints: ['http://127.0.0.1:\(lab.port)'] } }"
        let both = "listeners: [{ address: '127.0.0.1:0' }, { address: 'unix:\(socket)' }]\n\(upstream)"
        let one = "listeners: [{ address: '127.0.0.1:0' }]\n\(upstream)"
        try await withGateway(both) { gateway in
          let client = try await blocking {
            let client = try RawClient(unixPath: socket)
            #expect(client.exchange(Self.upgrade).status == 101)
            return UncheckedBox(client)
          }
          try await gateway.gateway.reload(GatewayHarness.load(one, log: gateway.log.path))
          #expect(throws: RawClient.Failure.self) { try RawClient(unixPath: socket) }
          try await blocking {
            client.value.send("still here")
            #expect(text(client.value.read(10)) == "still here")
            client.value.shutOutput()
            #expect(client.value.readToEnd().end == .fin)
          }
          #expect(try await gateway.log.records(atLeast: 1).map(\.status) == [101])
        }
      }
    }

    /// The tunnel belongs to what it was opened under; only new requests see what a reload says.
    @Test func aTunnelSurvivesAReloadThatRemovesItsRouteAndChangesItsUpstream() async throws {
      try await withLab { first in
        try await withLab { second in
          func yaml(_ route: String, _ lab: LabServer, _ more: String = "") -> String {
            """
            listeners: [{ address: '127.0.0.1:0' }]
            routes: [\(route)]
            upstreams: { app: { endpoints: ['http://127.0.0.1:\(lab.port)']\(more) } }
            """
          }
          try await withGateway(yaml("{ path: /tunnel, upstream: app }", first)) { gateway in
            let port = gateway.port
            let client = try await blocking {
              let client = try RawClient(port: port)
              #expect(client.exchange(Self.upgrade).status == 101)
              return UncheckedBox(client)
            }
            // The route is gone, the upstream has another endpoint, and then the upstream is gone as well.
            let changed = yaml("{ path: /elsewhere, upstream: app }", second, ", limits: { connections: 1 }")
            let gone = "listeners: [{ address: '127.0.0.1:0' }]\nroutes: [{ path: /fixed, respond: { body: x } }]"
            for (number, next) in [changed, gone].enumerated() {
              try await gateway.gateway.reload(GatewayHarness.load(next, log: gateway.log.path))
              #expect(try await gateway.get("/tunnel").status == 404)
              try await blocking {
                client.value.send("still here \(number)")
                #expect(text(client.value.read(12)) == "still here \(number)")
              }
            }
            #expect(second.counts.connectionsOpen == 0)
            try await blocking {
              client.value.shutOutput()
              #expect(client.value.readToEnd().end == .fin)
            }
            let records = try await gateway.log.records(atLeast: 3)
            #expect(records.map(\.status).sorted() == [101, 404, 404])
            let tunnel = records.first { $0.status == 101 }
            #expect(tunnel?.upstream == "app" && tunnel?.attempts?.first?.endpoint?.contains("\(first.port)") == true)
          }
        }
      }
    }

    @Test func aResetOnOneSideEndsTheOther() async throws {
      try await withGatewayAndLab { gateway, lab in
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          #expect(client.exchange(Self.upgrade).status == 101)
          client.reset()
        }
        let isClosed = await eventually { lab.counts.connectionsOpen == 0 }
        #expect(isClosed, "the origin's side stayed open")
        #expect(try await gateway.log.records(atLeast: 1).count == 1)
      }
    }
  }
}
