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

  @Test("long slots do not say that nothing was answered before or after a moment within one")
  func longSlots() throws {
    var tally = TrafficTally()
    while tally.slotSeconds < 80 { tally.widen() }
    let begin = start / 80 * 80
    for (slot, failed) in [(begin, 1), (begin + 160, 0)] {
      let key = TrafficTally.Key(slot: slot, product: .nginx, upstream: "api", endpoint: nil)
      tally.counts[key] = TrafficTally.Count(requests: 5, failed: failed)
    }
    var traffic = Traffic()
    traffic.add(tally)
    let counts = try #require(traffic.places.values.first)
    #expect(
      counts.requests.slotSeconds == 80 && counts.failed.slotSeconds == 80 && traffic.all.requests.slotSeconds == 80)
    #expect(counts.served(before: begin + 40) == nil)
    #expect(counts.served(after: begin + 40) == 5)
    #expect(counts.served(before: begin + 170) == 4)
    #expect(counts.served(after: begin + 170) == nil)
    #expect(counts.served(after: begin + 300) == 0)
  }

  @Test("of too many places those with the most requests are held, in whatever order they come")
  func ranked() {
    var forwards = TrafficTally()
    var backwards = TrafficTally()
    let count = Traffic.placesMax + 100
    for number in 0..<count {
      for (number, isForwards) in [(number, true), (count - 1 - number, false)] {
        let tally = Made.tally(
          from: 0, through: 0, each: number < 50 ? 1 : 2, endpoint: "10.0.0.1:\(number)",
          into: isForwards ? forwards : backwards)
        if isForwards { forwards = tally } else { backwards = tally }
      }
    }
    var (one, other) = (Traffic(), Traffic())
    let (places, others) = (one.add(forwards), other.add(backwards))
    #expect(places == others)
    #expect(one == other)
    #expect(places.count == count && places[0].endpoint == "10.0.0.1:100" && places.last?.endpoint == "10.0.0.1:9")
    #expect(!one.places.keys.contains { $0.endpoint == "10.0.0.1:49" })
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
