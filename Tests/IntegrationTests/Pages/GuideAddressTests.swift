import Foundation
import TestSupport
import Testing

extension Integration {
  /// The guide of a running gateway: what it has just seen stands on the page.
  @Suite struct GuideAddressTests {
    private func get(_ port: Int, _ path: String, _ fields: String = "") async throws -> RawResponse {
      let request = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\(fields)\r\n"
      return try await blocking { try RawClient(port: port).exchange(Array(request.utf8)) }
    }

    @Test(.timeLimit(.minutes(5)))
    func aPageTellsWhatThisGatewayHasSeen() async throws {
      try await withStateFolder { state in
        try await withProcesses { started in
          let yaml = """
            listeners: [{ address: '127.0.0.1:0' }]
            upstreams: { shop: { endpoints: ['http://127.0.0.1:1'], retry: { attempts: 1 } } }
            admin: { address: '127.0.0.1:0' }
            """
          let path = state + "/sluice.yaml"
          try yaml.write(toFile: path, atomically: true, encoding: .utf8)
          let process = try GatewayProcess.start(["--config", path], state: state)
          started.append(process)
          let port = try await process.listens()
          let told = try await process.says("admin address: http://127.0.0.1:")
          let address = try #require(told.components(separatedBy: "http://127.0.0.1:").last)
          let admin = try #require(Int(address.prefix { $0.isNumber }), "\(told)")

          for _ in 0..<3 { #expect(try await get(port, "/").status == 502) }
          var page = ""
          // The store writes a little later.
          let isThere = await eventually(within: 20) {
            page = ((try? await get(admin, "/guide/status/502"))?.bodyText) ?? ""
            return page.contains("The last incident was")
          }
          #expect(isThere, "\(page.prefix(3000))")
          #expect(page.contains("<th scope=\"row\">responses with 502</th><td>3</td><td>3</td>"))
          #expect(page.contains("upstream shop, endpoint http://127.0.0.1:1"))
          #expect(page.contains("<th scope=\"row\">shop</th><td>3</td><td>0</td>"))
          let cause = try await get(admin, "/guide/cause/connect_refused")
          #expect(cause.status == 200 && cause.bodyText.contains("<td>3</td><td>3</td>"))

          let folder = try TestFolder()
          try await PageInspection.expectGood(
            ["http://127.0.0.1:\(admin)/guide/status/502", "http://127.0.0.1:\(admin)/guide/"],
            looks: ["1400x900:dark", "400x800:light"], in: folder)
        }
      }
    }
  }
}
