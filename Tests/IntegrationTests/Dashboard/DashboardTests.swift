import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// The dashboard of a running gateway, in a browser.
  @Suite(.timeLimit(.minutes(5))) struct DashboardTests {
    private func inspect(_ urls: [String], _ options: [String] = [], minimum: Int, in folder: TestFolder) async throws {
      let command = [ClientProgram.python, Application.script("Browser/inspect_pages.py")]
      try await ClientProgram.expectGood(command + options + urls, cases: minimum, within: 240, in: folder)
    }

    private func use(_ url: String, _ steps: [(String, String)], in folder: TestFolder) async throws {
      let command = [ClientProgram.python, Application.script("Browser/use_page.py")]
      let words = steps.flatMap { ["--\($0.0)", $0.1] }
      try await ClientProgram.expectGood(command + words + [url], cases: steps.count + 1, within: 120, in: folder)
    }

    /// The newest incident's ID, once it is stored.
    private func incident(_ gateway: WatchedGateway) async throws -> String {
      var id: String?
      _ = try await eventually {
        let page = try await gateway.ask("/incidents").bodyText
        id = page.firstMatch(of: /href="\/incidents\/([0-9A-Z]{26})"/).map { String($0.output.1) }
        return id != nil
      }
      return try #require(id)
    }

    /// Every page, with and without problems, in every look: nothing on the console, nobody else is asked, no rule of
    /// axe is broken in earnest, and nothing is wider than the window.
    @Test func everyPageCanBeUsedByEverybody() async throws {
      try await withWatchedGateway { gateway in
        try await gateway.get("/ok", times: 5)
        let folder = gateway.folder
        try await inspect(
          [gateway.page + "/"], ["--settle", "1", "--look", "1400x900:light", "--look", "400x800:dark"], minimum: 2,
          in: folder)
        try await gateway.get("/half/ok", times: 6)
        try await gateway.get("/dead/x", times: 3)
        let id = try await incident(gateway)
        let pages = ["/", "/incidents", "/incidents/\(id)", "/problems/1"].map { gateway.page + $0 }
        try await inspect(pages, ["--settle", "1"], minimum: 16, in: folder)
        // Reading needs no script.
        try await inspect(
          [gateway.page + "/"], ["--no-script", "--wait", ".problem", "--look", "400x800:light"], minimum: 1, in: folder
        )
      }
    }

    @Test func aFailureShowsUpInAPageThatIsOpen() async throws {
      try await withWatchedGateway { gateway in
        try await gateway.get("/ok", times: 3)
        try await use(
          gateway.page + "/",
          [
            ("expect", "#live.on"), ("absent", ".problem"), ("expect", ".now.good"), ("focus", "footer a"),
            ("get", gateway.home + "/dead/x"), ("expect", ".problem.bad"), ("expect", ".now.bad"),
            ("focused", "footer a"),
          ], in: gateway.folder)
      }
    }

    @Test func buttonsDrainAnEndpointAndRunTheDoctor() async throws {
      try await withWatchedGateway { gateway in
        try await use(
          gateway.page + "/",
          [
            ("expect", "#live.on"), ("click", "[data-post$='%3A\(gateway.dead)/drain']"),
            ("expect", "[data-post$='%3A\(gateway.dead)/undrain']"),
            ("click", "[data-post$='%3A\(gateway.dead)/undrain']"),
            ("expect", "[data-post$='%3A\(gateway.dead)/drain']"),
          ], in: gateway.folder)
        try await gateway.get("/dead/x")
        let id = try await incident(gateway)
        try await use(
          gateway.page + "/incidents/\(id)",
          [
            ("absent", "#examined h3"), ("click", "#examine"), ("expect", "#examined h3"),
            ("expect", "#examined .steps"),
          ],
          in: gateway.folder)
      }
    }
  }
}
