import Testing

@testable import SluiceLogs

@Suite("Slots of tallies")
struct TallySlotsTests {
  @Test("are so long that their number and that of counts stay bounded, and nothing is lost")
  func bounds() {
    var slots = TallySlots()
    for second in 0..<100_000 as Range<Int64> {
      slots.add(TrafficTally.Count(requests: 1, failed: 1), second: second * 3, name: Int(second % 7))
    }
    slots.add(TrafficTally.Count(requests: 5), second: nil, name: 3)
    #expect(slots.slotSeconds == 80)
    #expect(slots.counts.count <= TrafficTally.countsMax)
    #expect(slots.counts.values.reduce(0) { $0 + $1.requests } == 100_005)
    #expect(slots.counts.values.reduce(0) { $0 + $1.failed } == 100_000)
    let untimed = slots.counts.filter { TallySlots.parts($0.key).slot < 0 }
    #expect(untimed.map { TallySlots.parts($0.key).name } == [3])
  }

  @Test("many names share one slot until there are too many counts")
  func names() {
    var slots = TallySlots()
    for number in 0..<200_000 as Range<Int64> {
      slots.add(TrafficTally.Count(requests: 1), second: number / 1000 * 10, name: Int(number % 1000))
    }
    #expect(slots.counts.count <= TrafficTally.countsMax)
    #expect(slots.slotSeconds == 40)
  }
}
