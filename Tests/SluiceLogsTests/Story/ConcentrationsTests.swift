import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("Where failures lie")
struct ConcentrationsTests {
  private func report(_ endpoints: [String], tally: TrafficTally) -> LogReport {
    let entries = (0..<30).map { number in
      Made.error(.notHttp, at: 100 + Double(number), endpoint: endpoints[number % endpoints.count], upstream: "api") {
        $0.path = "/\(number)"
        $0.client = "192.0.2.\(number)"
        $0.method = number % 2 == 0 ? "GET" : "POST"
      }
    }
    return Made.report(entries, tally: tally)
  }

  private func tally(_ endpoints: [String]) -> TrafficTally {
    endpoints.reduce(into: TrafficTally()) {
      $0 = Made.tally(from: 0, through: 200, each: 100, endpoint: $1, upstream: "api", into: $0)
    }
  }

  @Test("one endpoint of three that has all failures is told with its part of the requests")
  func endpoint() throws {
    let found = report(["a:1"], tally: tally(["a:1", "b:1", "c:1"])).problems.first?.concentrations
    let first = try #require(found?.first)
    #expect(first.kind == .endpoint && first.value == "a:1" && first.count == 30 && first.share == 1)
    #expect(abs((first.requestShare ?? 0) - 1.0 / 3) < 0.01)
  }

  @Test("failures that lie where the requests lie are no concentration")
  func even() {
    let all = ["a:1", "b:1"]
    #expect(report(all, tally: tally(all)).problems.first?.concentrations.isEmpty == true)
    #expect(report(["a:1"], tally: tally(["a:1"])).problems.first?.concentrations.isEmpty == true)
  }

  @Test("a minute that has nearly all of an hour's failures is told")
  func moment() throws {
    let times = (0..<40).map { 1000 + Double($0) } + [10, 250, 480, 700, 1200, 1450, 1700]
    let entries = times.sorted().map { time in Made.error(.notHttp, at: time) { $0.path = "/\(time)" } }
    let found = Made.report(entries).problems.first?.concentrations.first { $0.kind == .time }
    #expect(try #require(found).count >= 40)
    #expect(found?.value.contains("20:1") == true)
  }
}
