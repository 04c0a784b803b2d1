import Foundation
import SluiceConfiguration
import SluiceCore
import SluiceGuide
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("The guide at the admin address")
struct GuideRoutesTests {
  private let open = AdminConfiguration(host: "127.0.0.1", port: 9180)

  private func get(_ path: String, _ source: AdminSource = .sample()) async -> AdminAnswer {
    var request = AdminRequest(method: "GET", path: path)
    request.host = "127.0.0.1:9180"
    return await AdminTable(source).answer(request, open)
  }

  /// Of a gateway that has sampled its counts half an hour ago.
  private func later(_ path: String, _ source: AdminSource) async -> AdminAnswer {
    let pulse = AdminPulse(source)
    await pulse.note(TrafficSample(Self.reading(13, 5), time: AdminSource.time - 1_800_000))
    var request = AdminRequest(method: "GET", path: path)
    request.host = "127.0.0.1:9180"
    return await AdminTable(source, pulse).answer(request, open)
  }

  private func text(_ answer: AdminAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

  private func field(_ name: String, _ answer: AdminAnswer) -> String? {
    answer.fields.first { $0.name == name }?.value
  }

  @Test("no link is dead, every page is reached from the entrance, and nothing is loaded from elsewhere")
  func links() async throws {
    let table = AdminTable(.sample())
    var known: Set<String> = ["/guide/"]
    var waiting = ["/guide/"]
    var pages: Set<String> = []
    while let path = waiting.popLast() {
      var request = AdminRequest(method: "GET", path: path)
      request.host = "127.0.0.1:9180"
      let answer = await table.answer(request, open)
      try #require(answer.status == 200, "\(path): \(answer.status)")
      #expect(
        answer.contentType == "application/json" || path == "/"
          || field("Content-Security-Policy", answer) == GuideRoutes.policy)
      // The dashboard's own links are its own tests'.
      guard answer.contentType.hasPrefix("text/html"), path != "/" else { continue }
      pages.insert(path)
      for attribute in ["href=\"", "src=\""] {
        for part in text(answer).components(separatedBy: attribute).dropFirst() {
          let link = String(part.prefix { $0 != "\"" })
          guard !link.hasPrefix("#") else { continue }
          let base = try #require(URL(string: "http://127.0.0.1\(path)"))
          let target = try #require(URL(string: link, relativeTo: base)?.absoluteURL, "\(path): \(link)")
          let isHome = target.path == "/"
          #expect(target.host == "127.0.0.1" && (isHome || target.path.hasPrefix("/guide/")), "\(path): \(link)")
          if known.insert(target.path).inserted { waiting.append(target.path) }
        }
      }
    }
    let all = Set(Guide.pageIDs.map { "/guide/\($0.path).html" })
    #expect(pages.subtracting(["/guide/"]) == all && known.contains("/"))
  }

  @Test("a path without its ending leads to the same page, one without its slash to where its links are right")
  func paths() async {
    #expect(await get("/guide/status/502") == get("/guide/status/502.html"))
    #expect(await get("/guide/") == get("/guide/index.html"))
    #expect(await get("/guide/status/") == get("/guide/status/index.html"))
    for path in ["/guide", "/guide/status", "/guide/root-cause"] {
      let answer = await get(path)
      #expect(answer.status == 308 && field("Location", answer) == path + "/")
    }
    for path in ["/guide/status/1000", "/guide/nothing", "/guide/status/502.htm", "/guide//status/502", "/guide/../x"] {
      #expect(await get(path).status == 404, "\(path)")
    }
    let json = await get("/guide/cause/connect_refused.json")
    #expect(json.contentType == "application/json" && text(json).contains("\"title\":\"connect_refused\""))
    #expect(await get("/guide/guide.css").contentType == "text/css; charset=utf-8")
    #expect(await get("/guide/search.js").contentType == "text/javascript; charset=utf-8")
  }

  @Test("where there is a token, the guide and its numbers are for whoever has it")
  func token() async {
    var request = AdminRequest(method: "GET", path: "/guide/status/502")
    request.host = "10.0.0.5:9180"
    let guarded = AdminConfiguration(host: "10.0.0.5", port: 9180, token: Secret("0123456789abcdef"))
    #expect(await AdminTable(.sample()).answer(request, guarded).status == 401)
    request.authorization = "Bearer 0123456789abcdef"
    #expect(await AdminTable(.sample()).answer(request, guarded).status == 200)
  }

  // MARK: Numbers

  /// So many responses with 502 of a cause, and with 404.
  private static func reading(_ refused: Int, _ notFound: Int) -> GatewayReading {
    var counts = RouteCounts()
    for _ in 0..<refused {
      counts.add(status: 502, total: .milliseconds(1), received: 1, sent: 1)
      counts.add(.connectRefused, of: ExchangeID(milliseconds: 1, random: 1, more: 1), at: 1)
    }
    for _ in 0..<notFound { counts.add(status: 404, total: .milliseconds(1), received: 1, sent: 1) }
    var reading = GatewayReading()
    reading.routes[RouteName(route: "example.com/v1", upstream: "api")] = counts
    return reading
  }

  private func busy(store: String? = nil) -> AdminSource {
    var source = AdminSource.sample(store: store)
    source.metrics = {
      var reading = MetricsReading()
      reading.gateway = Self.reading(17, 5)
      return reading
    }
    return source
  }

  @Test("a page tells what was counted since the start and lately, by cause")
  func counts() async throws {
    let page = text(await later("/guide/status/502", busy()))
    #expect(page.contains("<h2 id=\"here\">At this gateway</h2>"))
    #expect(page.contains("Since the start 1 min ago") && page.contains("In the last 30 min"))
    #expect(page.contains("<th scope=\"row\">responses with 502</th><td>17</td><td>4</td>"))
    #expect(page.contains(">connect_refused</a></th><td>17</td><td>4</td>"))
    #expect(page.contains("No incidents are kept here."))
    #expect(text(await later("/guide/status/404", busy())).contains("responses with 404</th><td>5</td><td>0</td>"))
    #expect(text(await later("/guide/status/503", busy())).contains("responses with 503</th><td>0</td><td>0</td>"))
    #expect(text(await later("/guide/cause/connect_refused", busy())).contains("</code></th><td>17</td><td>4</td>"))
    let type = text(await later("/guide/type/connection_refused", busy()))
    #expect(type.contains(">connect_refused</a></th><td>17</td><td>4</td>") || type.contains("<td>17</td><td>4</td>"))
    // Cloudflare's code has no counter of its own, and that is said.
    let other = text(await later("/guide/status/520", busy()))
    #expect(other.contains("responses with 520 or another 5xx that is not registered</th><td>0</td>"))
    #expect(!text(await later("/guide/product/nginx", busy())).contains("id=\"here\""))
    // Before the first sample nothing is said of lately.
    let young = text(await get("/guide/status/502", busy()))
    #expect(young.contains("<td>17</td>") && !young.contains("In the last"))
  }

  @Test("a page tells the last incident and the upstreams where they concentrate")
  func incidents() async throws {
    let fixture = try StoreFixture()
    for path in ["/guide/status/502", "/guide/cause/connect_refused", "/guide/type/connection_refused"] {
      let page = text(await get(path, busy(store: fixture.path)))
      #expect(page.contains("The last incident was 1 s ago"), "\(path)")
      #expect(
        page.contains("upstream api, endpoint http://127.0.0.1:3001") && page.contains("One problem of it goes on."))
      #expect(page.contains("sluice why \(fixture.ids.last ?? "-")</code>"))
      #expect(page.contains("<th scope=\"row\">api</th><td>3</td><td>0</td>"))
    }
    // The last one is told although it is older than what is counted.
    let late = text(await get("/guide/cause/response_header_timeout", busy(store: fixture.path)))
    #expect(late.contains("The last incident was 50 min ago") && late.contains("<th scope=\"row\">web</th><td>1</td>"))
    #expect(!late.contains("of it goes on"))
    let none = text(await get("/guide/cause/dns_nxdomain", busy(store: fixture.path)))
    #expect(none.contains("No incident of it is kept."))
    let json = text(await get("/guide/status/502.json", busy(store: fixture.path)))
    #expect(json.contains("\"id\":\"here\""))
  }

  @Test("a store that cannot be read is said, and the page is there")
  func unreadable() async throws {
    let folder = try TemporaryFolder()
    let page = await get("/guide/status/502", busy(store: folder.file("none.sqlite")))
    #expect(page.status == 200 && text(page).contains("The incidents cannot be read: "))
  }

  @Test("a name of the configuration is a name, whatever is in it")
  func names() {
    var tally = IncidentTally()
    tally.places = [IncidentTally.Place(upstream: "`502` <b>", kept: 1, absorbed: 0)]
    tally.last = IncidentTally.Last(
      id: "01", time: 0, status: 502, cause: "connect_refused", upstream: "`502` <b>", endpoint: nil)
    let section = GuideSection("here", "Here", GuideNumbers.blocks(tally, at: 1))
    let html = GuideHTML(Guide.page(.index).adding(section)).html
    #expect(html.contains("502&#39; &lt;b&gt;") && !html.contains("<b>"))
  }

  @Test(arguments: [
    (0, "0 s"), (59_999, "59 s"), (60_000, "1 min"), (3_600_000, "1 h"), (3_660_000, "1 h 1 min"),
    (86_400_000, "1 d"), (90_000_000, "1 d 1 h"), (-5, "0 s"),
  ])
  func ages(_ milliseconds: Int64, _ text: String) {
    #expect(GuideNumbers.age(milliseconds) == text)
  }
}
