import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// What endpoints are told of clients at the beginning of a connection.
  @Suite struct ProxyHeaderTests {
    @Test func eachConnectionBeginsWithItsClient() async throws {
      try await withGatewayAndOrigin(upstream: "proxyProtocol: v1") { gateway, origin in
        let port = gateway.port
        let connections = try await blocking { () -> [[UInt8]] in
          let client = try RawClient(port: port)
          for _ in 0..<2 {
            let response = client.exchange(Array("GET /x HTTP/1.1\r\nHost: test\r\n\r\n".utf8))
            #expect(response.status == 200)
          }
          return origin.connections
        }
        // One client, two requests: no connection serves a second one.
        #expect(connections.count == 2)
        for bytes in connections {
          let lines = text(bytes).components(separatedBy: "\r\n")
          #expect(
            lines[0].hasPrefix("PROXY TCP4 127.0.0.1 127.0.0.1 ") && lines[0].hasSuffix(" \(port)"), "\(lines[0])")
          #expect(lines[1] == "GET /x HTTP/1.1")
        }
      }
    }
  }
}
