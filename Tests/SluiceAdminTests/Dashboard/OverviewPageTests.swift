import Foundation
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("The first page of the dashboard")
struct OverviewPageTests {
  private static let attack = "</h3><script>alert('1')</script><img src=x onerror=\"alert(2)\">"

  @Test("problems stand first, each with verdict, since when, rate and the mark of a deploy")
  func problemsFirst() async throws {
    let fixture = try StoreFixture()
    let noted = Noted()
    noted.changes.withLock {
      $0 = [Change(kind: .deploy, time: AdminSource.time - 60_000, text: "api v42", upstream: "api")]
    }
    let page = await DashboardAnswer("/", .sample(noted, store: fixture.path))
    try page.expectSound()
    #expect(page.status == 200)
    let problem = try #require(page.place(of: "class=\"problem bad\""))
    let upstreams = try #require(page.place(of: "Upstreams and endpoints"))
    #expect(problem < upstreams)
    #expect(page.html.contains("<strong>Next:</strong>"))
    #expect(page.html.contains("connect_refused") && page.html.contains("http://127.0.0.1:3001"))
    #expect(page.html.contains("3 in all, 3 in the busiest"))
    #expect(page.html.contains("<line class=\"mark\""))
    #expect(page.html.contains("deploy: api v42"))
    // One that is over is told behind everything that goes on.
    let over = try #require(page.place(of: "response_header_timeout"))
    #expect(over > upstreams)
  }

  @Test("a change of another upstream is no mark on a problem's time axis")
  func marks() async throws {
    let fixture = try StoreFixture()
    let noted = Noted()
    noted.changes.withLock {
      $0 = [Change(kind: .deploy, time: AdminSource.time - 60_000, text: "web v7", upstream: "web")]
    }
    let page = await DashboardAnswer("/", .sample(noted, store: fixture.path))
    #expect(!page.html.contains("<line class=\"mark\""))
    #expect(page.html.contains("web v7"))
  }

  @Test("when nothing is wrong it says so, and shows no problem")
  func allIsWell() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("incidents.sqlite")
    try IncidentStore.mark(Change(kind: .deploy, time: AdminSource.time, text: "v1"), path: path)
    var source = AdminSource.sample(store: path)
    source.status = {
      var status = StatusDocument.sample
      (status.reload, status.listeners, status.store.ongoing) = (nil, [], 0)
      return status
    }
    source.upstreamStates = {
      var upstream = UpstreamDocument.sample
      upstream.endpoints.removeLast()
      return [upstream]
    }
    let page = await DashboardAnswer("/", source)
    try page.expectSound()
    #expect(page.html.contains("class=\"now good\"") && page.html.contains("All is well"))
    #expect(!page.html.contains("class=\"problem"))
    #expect(page.html.contains("id=\"attention\" data-part aria-labelledby=\"attention-title\" hidden"))
  }

  @Test("what strangers wrote is text wherever it stands")
  func escaping() async throws {
    let fixture = try StoreFixture(endpoint: "http://\(Self.attack)", path: "/\(Self.attack)")
    let noted = Noted()
    noted.changes.withLock {
      $0 = [Change(kind: .deploy, time: AdminSource.time - 60_000, text: Self.attack, upstream: "api")]
    }
    var source = AdminSource.sample(noted, store: fixture.path)
    source.status = {
      var status = StatusDocument.sample
      status.name = Self.attack
      status.reload = ReloadDocument(time: AdminSource.time, outcome: .refused, reason: Self.attack)
      status.listeners[0].certificates[0].subject = Self.attack
      return status
    }
    source.upstreamStates = {
      var upstream = UpstreamDocument.sample
      upstream.name = Self.attack
      upstream.endpoints[0].endpoint = Self.attack
      upstream.endpoints[1].reason = Self.attack
      upstream.endpoints[1].lastFailureMs = 1
      upstream.endpoints[1].lastFailureCause = Self.attack
      return [upstream]
    }
    source.upstreams = { [Self.attack] }
    var targets = ["/", "/?part=state", "/incidents", "/incidents?upstream=%3Cscript%3Ealert(1)", "/problems/1"]
    targets += fixture.ids.map { "/incidents/\($0)" }
    targets += ["/incidents?status=%3Cscript%3Ealert(1)", "/incidents/%3Cscript%3Ealert(1)"]
    for target in targets {
      let page = await DashboardAnswer(target, source)
      try page.expectSound()
      #expect(!page.html.contains("<script>") && !page.html.contains("<img"), "\(target)")
      #expect(page.html.contains("&lt;script&gt;alert"), "\(target)")
    }
  }

  @Test("the script's parts are parts of the page, and the small answer leaves out what has to be diagnosed")
  func parts() async throws {
    let fixture = try StoreFixture()
    let source = AdminSource.sample(store: fixture.path)
    let page = await DashboardAnswer("/", source)
    let all = await DashboardAnswer("/?part=all", source)
    let state = await DashboardAnswer("/?part=state", source)
    try all.expectSound()
    try state.expectSound()
    #expect(page.html.contains(all.html))
    #expect(!state.html.contains("id=\"problems\"") && !state.html.contains("<main"))
    for part in ["now", "attention", "upstreams", "traffic", "changes", "gateway"] {
      #expect(state.html.contains("id=\"\(part)\" data-part"), "\(part)")
    }
    #expect(await DashboardAnswer("/?part=other", source).status == 400)
  }

  @Test("without a store the page tells everything else, and why there are no problems")
  func withoutStore() async throws {
    let page = await DashboardAnswer("/", .sample())
    try page.expectSound()
    #expect(page.status == 200)
    #expect(page.html.contains("No incidents are kept") && page.html.contains("Problems are not known"))
    #expect(page.html.contains("http://127.0.0.1:3000"))
  }

  @Test("an endpoint that is left out tells why and for how long, in words")
  func endpointStates() async throws {
    let page = await DashboardAnswer("/", .sample())
    #expect(page.html.contains("</span> ejected</span>"))
    #expect(page.html.contains("connect_refused, 4 s left"))
    #expect(page.html.contains("1 of 2 available"))
    // For a script alone.
    #expect(page.html.contains("data-post=\"/api/v1/upstreams/api/endpoints/http%3A%2F%2F127.0.0.1%3A3000/drain\""))
    #expect(!page.html.contains("method=\"post\""))
  }

  @Test("the files of a page are there")
  func files() async throws {
    let page = await DashboardAnswer("/", .sample())
    for (path, type) in [
      ("/dashboard.css", "text/css; charset=utf-8"), ("/dashboard.js", "text/javascript; charset=utf-8"),
      ("/dashboard.svg", "image/svg+xml"),
    ] {
      #expect(page.html.contains("\"\(path)\""))
      let file = await DashboardAnswer(path, .sample())
      #expect(file.status == 200 && file.contentType == type)
      #expect(!file.html.contains("http://") || path == "/dashboard.svg")
    }
  }

  @Test("every link of every page leads to something at this address")
  func links() async throws {
    let fixture = try StoreFixture()
    let source = AdminSource.sample(store: fixture.path)
    var targets: Set<String> = []
    for page in ["/", "/incidents", "/problems/2", "/incidents/\(try #require(fixture.ids.last))"] {
      let links = await DashboardAnswer(page, source).html.matches(of: /(href|src)="(\/[^"]*)"/)
      targets.formUnion(links.map { String($0.output.2).replacingOccurrences(of: "&amp;", with: "&") })
    }
    #expect(targets.count > 12 && targets.contains("/guide/cause/connect_refused"))
    for target in targets {
      let answer = await DashboardAnswer(target, source)
      #expect(answer.status == 200, "\(target)")
    }
  }
}
