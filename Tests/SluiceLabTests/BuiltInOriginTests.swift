import NIOPosix
import TestSupport
import Testing

@testable import SluiceLab

struct BuiltInOriginTests {
  private func answer(_ bytes: [UInt8]) async throws -> String {
    let origin = try await BuiltInOrigin.start(group: MultiThreadedEventLoopGroup.singleton)
    let port = origin.port
    let answer = try await blocking {
      let client = try RawClient(port: port)
      client.send(bytes)
      return text(client.read(atLeast: 1, patience: 200).bytes)
    }
    try await origin.stop()
    #expect(origin.counts.connectionsOpen == 0)
    return answer
  }

  @Test func saysHowToPutAnotherInItsPlace() async throws {
    let plain = try await answer(request("/"))
    #expect(plain.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"))
    #expect(plain.contains("TO=http://host:port"))
    let page = try await answer(request("/", .with(("Accept", "text/html,*/*"))))
    #expect(page.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"))
    #expect(page.contains("TO=http://host:port"))
  }

  @Test(arguments: BuiltInPages.links.map(\.path))
  func everyLinkOfItsPageLeadsSomewhere(_ path: String) async throws {
    let answer = try await answer(request(path.replacing("/delay/500", with: "/delay/5")))
    #expect(answer.hasPrefix(path == "/status/503" ? "HTTP/1.1 503 " : "HTTP/1.1 200 "))
  }

  @Test func answersHeadWithoutABodyAndUnknownPathsWith404() async throws {
    let head = try await answer(request("/", .with(method: "HEAD")))
    #expect(head.hasSuffix("\r\n\r\n"))
    #expect(try await answer(request("/nowhere")).hasPrefix("HTTP/1.1 404 Not Found\r\n"))
  }
}
