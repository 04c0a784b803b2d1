import Testing

@testable import SluiceLogs

@Suite("Traffic by place and time")
struct TrafficTests {
  private let start = Made.start / 1000

  @Test("requests that were answered well are told by place and time")
  func served() throws {
    var traffic = Traffic()
    traffic.add(Made.tally(from: 0, through: 90, each: 10, failed: 2, upstream: "api"))
    let counts = try #require(traffic.places[Traffic.Place(product: .nginx, upstream: "api", endpoint: nil)])
    #expect(counts.served(from: start, through: start + 9) == 8)
    #expect(counts.served(from: start + 100, through: .max / 4) == 0)
    #expect(traffic.requests == 100 && traffic.statuses == [200: 80, 502: 20])
    #expect(traffic.first == start && traffic.last == start + 90)
  }

  @Test("the same endpoint has one place, whatever its line called it")
  func names() {
    var traffic = Traffic()
    traffic.add(Made.tally(from: 0, through: 0, each: 1, endpoint: "http://10.0.0.1:80"))
    traffic.add(Made.tally(from: 0, through: 0, each: 1, endpoint: "10.0.0.1:80"))
    #expect(traffic.places.count == 1)
  }

  @Test("more places than are held count only altogether")
  func bound() {
    var traffic = Traffic()
    for number in 0..<(Traffic.placesMax + 5) {
      traffic.add(Made.tally(from: 0, through: 0, each: 1, endpoint: "10.0.0.1:\(number)"))
    }
    #expect(traffic.places.count == Traffic.placesMax)
    #expect(traffic.requests == Traffic.placesMax + 5)
  }
}
