import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("How an upstream stands")
struct UpstreamSectionTests {
  @Test("one whose endpoints all fail, and are used all the same, is not told as available")
  func failing() async {
    var source = AdminSource.sample()
    source.upstreamStates = {
      var upstream = UpstreamDocument.sample
      upstream.endpoints.removeLast()
      upstream.endpoints[0].failuresInARow = 3
      upstream.available = 1
      return [upstream]
    }
    let page = await DashboardAnswer("/", source)
    #expect(page.html.contains("</span> failing</span>") && !page.html.contains("</span> available</span>"))
  }

  @Test("problems that have been quiet for a minute are told so, and not in red")
  func quiet() async throws {
    let fixture = try StoreFixture()
    func page(_ later: Int64) async -> DashboardAnswer {
      var source = AdminSource.sample(store: fixture.path)
      source.wallTime = { AdminSource.time + later }
      source.status = {
        var status = StatusDocument.sample
        (status.time, status.reload, status.listeners) = (AdminSource.time + later, nil, [])
        status.store.ongoing = 1
        return status
      }
      source.upstreamStates = { [] }
      return await DashboardAnswer("/", source)
    }
    let fresh = await page(0)
    #expect(fresh.html.contains("1 problem goes on") && fresh.html.contains("class=\"now bad\""))
    let later = await page(120_000)
    #expect(later.html.contains("1 problem is quiet") && later.html.contains("class=\"now warning\""))
  }
}
