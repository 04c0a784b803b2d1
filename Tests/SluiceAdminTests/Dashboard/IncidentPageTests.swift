import Foundation
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("Pages of incidents and problems")
struct IncidentPageTests {
  @Test("an incident tells its verdict, its time line, its evidence, and how to ask the doctor")
  func incident() async throws {
    let fixture = try StoreFixture()
    let id = try #require(fixture.ids.last)
    let page = await DashboardAnswer("/incidents/\(id)", .sample(store: fixture.path))
    try page.expectSound()
    #expect(page.status == 200)
    for text in [
      "failed with 502", "What happened", "Time line, 1 ms in all", "Evidence", "What explains it", "Check first",
      "sluice doctor --config sluice.yaml api --at 2026-09-21T14:13:19",
      "data-examine=\"/api/v1/incidents/\(id)/examine\"",
      "GET example.com/v1/orders", "http://127.0.0.1:3001", "Its problem, 3 incidents", "class=\"broken\"",
    ] { #expect(page.html.contains(text), "\(text)") }
  }

  @Test("a beginning of an ID leads to its incident, and what is unknown is said so")
  func unknown() async throws {
    let fixture = try StoreFixture()
    let source = AdminSource.sample(store: fixture.path)
    let several = await DashboardAnswer("/incidents/01", source)
    #expect(several.status == 404 && several.html.contains("No incident has this ID"))
    let ambiguous = await DashboardAnswer("/incidents/\(fixture.ids[1].prefix(6))", source)
    try ambiguous.expectSound()
    #expect(ambiguous.status == 404 && ambiguous.html.contains("Which one?"))
    #expect(ambiguous.html.contains("href=\"/incidents/\(fixture.ids[1])\""))
    for target in ["/problems/99", "/problems/x"] { #expect(await DashboardAnswer(target, source).status == 404) }
    #expect(await DashboardAnswer("/incidents/\(fixture.ids[0])", .sample()).status == 503)
  }

  @Test("a problem has its card, what explains it, and its incidents")
  func problem() async throws {
    let fixture = try StoreFixture()
    let page = await DashboardAnswer("/problems/2", .sample(store: fixture.path))
    try page.expectSound()
    #expect(page.html.contains("<h1 id=\"problem-2\">") && page.html.contains("What explains it"))
    for id in fixture.ids.suffix(3) { #expect(page.html.contains("href=\"/incidents/\(id)\"")) }
  }

  @Test("the list is filtered by its form, whose empty fields say nothing")
  func filters() async throws {
    let fixture = try StoreFixture()
    let source = AdminSource.sample(store: fixture.path)
    let all = await DashboardAnswer("/incidents", source)
    try all.expectSound()
    #expect(fixture.ids.allSatisfy { all.html.contains("href=\"/incidents/\($0)\"") })
    let some = await DashboardAnswer("/incidents?since=&cause=response_header_timeout&status=&upstream=&kind=", source)
    #expect(some.status == 200)
    #expect(some.html.contains("href=\"/incidents/\(fixture.ids[0])\""))
    #expect(!some.html.contains("href=\"/incidents/\(fixture.ids[1])\""))
    #expect(some.html.contains("<option value=\"response_header_timeout\" selected>"))
    let none = await DashboardAnswer("/incidents?who=client", source)
    #expect(none.html.contains("No incident is like that."))
  }

  @Test("a mistake in a filter is told in the page", arguments: ["since=yesterday", "status=abc", "since=1h&until=2h"])
  func mistakes(_ query: String) async throws {
    let fixture = try StoreFixture()
    let page = await DashboardAnswer("/incidents?\(query)", .sample(store: fixture.path))
    try page.expectSound()
    #expect(page.status == 400 && page.html.contains("class=\"mistake\" role=\"alert\""))
  }

  @Test("pages lead to each other, and each incident is on one")
  func pages() async throws {
    let fixture = try StoreFixture(refused: 70)
    let source = AdminSource.sample(store: fixture.path)
    var target: String? = "/incidents?upstream=api"
    var seen: [String] = []
    while let path = target, seen.count < 200 {
      let page = await DashboardAnswer(path, source)
      seen += page.html.matches(of: /href="\/incidents\/([0-9A-Z]{26})"/).map { String($0.output.1) }
      target = page.html.firstMatch(of: /href="([^"]*)" rel="next"/).map {
        String($0.output.1).replacingOccurrences(of: "&amp;", with: "&")
      }
    }
    #expect(seen.count == 70 && Set(seen) == Set(fixture.ids.dropFirst()))
  }
}
