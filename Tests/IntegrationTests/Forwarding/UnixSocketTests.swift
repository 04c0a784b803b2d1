import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  @Suite struct UnixSocketTests {
    @Test func bothSidesMaySpeakOverUnixSockets() async throws {
      try await withLab { lab in
        let scenario = try #require(LabCatalogue.scenario("unix-healthy"))
        let path = GatewayHarness.temporaryPath("front.sock")
        try await withGateway(
          "listeners: [{ address: 'unix:\(path)' }]\nupstreams: { app: { endpoints: ['\(lab.endpoint(of: scenario))'] } }"
        ) { gateway in
          try await blocking {
            let client = try RawClient(unixPath: path)
            for _ in 0..<3 {
              #expect(client.exchange("GET / HTTP/1.1\r\nHost: test\r\n\r\n").bodyText == "over a Unix socket\n")
            }
          }
          let records = try await gateway.log.records(atLeast: 3)
          #expect(records.map(\.status) == [200, 200, 200])
          #expect(records.last?.attempts?.first?.isReused == true)
          #expect(records.first?.client == "unix", "\(records.first?.client ?? "nobody")")
        }
        #expect(!FileManager.default.fileExists(atPath: path))
      }
    }

    @Test func aSocketThatAnEarlierProcessLeftIsTakenOver() async throws {
      let path = GatewayHarness.temporaryPath("left.sock")
      let yaml = "listeners: [{ address: 'unix:\(path)' }]\nroutes: [{ path: /, respond: { body: here } }]"
      try await withGateway(yaml) { _ in
        // The second one takes the name; the first one's socket has none any longer.
        try await withGateway(yaml) { _ in
          let answer = try await blocking {
            try RawClient(unixPath: path).exchange("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
          }
          #expect(answer.bodyText == "here")
        }
      }
    }
  }
}
