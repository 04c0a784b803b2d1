import Foundation
import NIOCore
import SluiceLab
import TestSupport
import Testing

@testable import SluiceGateway

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

    private static func yaml(_ path: String) -> String {
      "listeners: [{ address: 'unix:\(path)' }]\nroutes: [{ path: /, respond: { body: here } }]"
    }

    private static func answer(at path: String) async throws -> RawResponse {
      try await blocking { try RawClient(unixPath: path).exchange("GET / HTTP/1.1\r\nHost: test\r\n\r\n") }
    }

    @Test func aFileThatAnEarlierProcessLeftIsReplaced() async throws {
      let path = GatewayHarness.temporaryPath("left.sock")
      // A process that was killed leaves the file of a socket that is closed.
      let left = try ListeningSocket.open(SocketAddress(unixDomainSocketPath: path), label: "", joins: false)
      left.close()
      #expect(FileManager.default.fileExists(atPath: path))
      try await withGateway(Self.yaml(path)) { _ in
        let answer = try await Self.answer(at: path)
        #expect(answer.bodyText == "here")
      }
      #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aSocketThatIsListenedOnIsNotReplaced() async throws {
      let path = GatewayHarness.temporaryPath("held.sock")
      try await withGateway(Self.yaml(path)) { _ in
        await #expect(throws: ListenError.self) { try await withGateway(Self.yaml(path)) { _ in } }
        let answer = try await Self.answer(at: path)
        #expect(answer.bodyText == "here", "the first one lost its clients")
      }
    }

    @Test func aFileThatIsNoSocketIsNotRemoved() async throws {
      let path = GatewayHarness.temporaryPath("notes.txt")
      defer { try? FileManager.default.removeItem(atPath: path) }
      try "notes".write(toFile: path, atomically: true, encoding: .utf8)
      await #expect(throws: ListenError.self) { try await withGateway(Self.yaml(path)) { _ in } }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "notes")
    }
  }
}
