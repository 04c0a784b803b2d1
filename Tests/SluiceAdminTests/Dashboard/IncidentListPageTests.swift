import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("The list of incidents")
struct IncidentListPageTests {
  @Test("what the form has no field for goes on with it")
  func hidden() async throws {
    let fixture = try StoreFixture()
    let query = "route=example.com%2Fv1&cause=connect_refused&cause=connect_timeout&problem=2"
    let page = await DashboardAnswer("/incidents?\(query)", .sample(store: fixture.path))
    #expect(page.status == 200)
    for (name, value) in [("route", "example.com/v1"), ("cause", "connect_timeout"), ("problem", "2")] {
      #expect(page.html.contains("<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"), "\(name)")
    }
    #expect(page.html.contains("<option value=\"connect_refused\" selected>"))
  }

  @Test("any three digits are a status, as at the command line", arguments: [("999", 200), ("1000", 400)])
  func statuses(_ text: String, _ status: Int) async throws {
    let fixture = try StoreFixture()
    let page = await DashboardAnswer("/incidents?status=\(text)", .sample(store: fixture.path))
    #expect(page.status == status)
  }

  @Test("without a store it is not the reader's mistake")
  func off() async {
    let page = await DashboardAnswer("/incidents", .sample())
    #expect(page.status == 503 && page.html.contains("No incidents are kept"))
  }
}
