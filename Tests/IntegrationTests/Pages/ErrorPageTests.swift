import Foundation
import SluiceGuide
import TestSupport
import Testing

extension Integration {
  /// What a person sees in a browser when a gateway has to answer by itself.
  @Suite struct ErrorPageTests {
    /// Nothing listens at port 1.
    private static func yaml(_ extra: String) -> String {
      """
      listeners: [{ address: '127.0.0.1:0' }]
      upstreams: { app: { endpoints: ['http://127.0.0.1:1'], retry: { attempts: 1 } } }
      \(extra)
      """
    }

    @Test(.timeLimit(.minutes(5)))
    func theLinksOfAPageLeadToPagesOfTheGuide() async throws {
      let site = "https://help.test/guide"
      try await withGateway(Self.yaml("errorPages: { guide: '\(site)/', contact: 'mailto:ops@a.test' }")) { gateway in
        let answer = try await gateway.get("/", "Accept: text/html,*/*;q=0.8")
        #expect(answer.status == 502 && answer["Content-Type"] == "text/html; charset=utf-8")
        let paths = Set(try GuideSite.files().map(\.path))
        let links = answer.bodyText.components(separatedBy: "href=\"\(site)/").dropFirst().map {
          String($0.prefix { $0 != "\"" })
        }
        #expect(links == ["status/502.html", "cause/connect_refused.html"])
        for link in links { #expect(paths.contains(link), "\(link)") }

        let folder = try TestFolder()
        try await PageInspection.expectGood(
          ["http://127.0.0.1:\(gateway.port)/"], options: ["--status", "502"], in: folder)
      }
    }

    @Test func aReloadChangesWhatAPageLinksTo() async throws {
      let without = Self.yaml("")
      try await withGateway(without) { gateway in
        #expect(!(try await gateway.get("/", "Accept: text/html")).bodyText.contains("href"))
        for site in ["https://a.test/g", "https://b.test/g"] {
          let yaml = without + "\nerrorPages: { guide: '\(site)' }"
          try await gateway.gateway.reload(GatewayHarness.load(yaml, log: gateway.log.path))
          #expect(try await gateway.get("/", "Accept: text/html").bodyText.contains("href=\"\(site)/status/502.html\""))
        }
        try await gateway.gateway.reload(GatewayHarness.load(without, log: gateway.log.path))
        #expect(!(try await gateway.get("/", "Accept: text/html")).bodyText.contains("href"))
      }
    }
  }
}
