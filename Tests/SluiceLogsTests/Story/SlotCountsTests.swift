import Testing

@testable import SluiceLogs

@Suite("Counts in slots of time")
struct SlotCountsTests {
  @Test("slots become longer where they do not suffice, and nothing is lost")
  func longer() {
    var slots = SlotCounts(slotsMax: 8)
    for second in 0..<100 { slots.add(Int64(1000 + second)) }
    #expect(slots.counts.count <= 8)
    #expect(slots.counts == [20, 20, 20, 20, 20])
    #expect(slots.slotSeconds == 20)
    #expect(slots.start % 20 == 0 && slots.start <= 1000 && slots.end > 1099)
  }

  @Test("what comes late is counted where it belongs")
  func late() {
    var slots = SlotCounts(slotsMax: 120)
    slots.add(100)
    slots.add(95)
    #expect(slots.start == 95)
    #expect(slots.counts == [1, 0, 0, 0, 0, 1])
  }

  @Test("times before 1970 and absurd ones stay within the bound", arguments: [Int64.min, -5, .max])
  func absurd(second: Int64) {
    var slots = SlotCounts(slotsMax: 120)
    slots.add(0)
    slots.add(second)
    #expect(slots.counts.reduce(0, +) == 2)
    #expect(slots.counts.count <= 120)
  }

  @Test("a range counts the slots that it touches")
  func range() {
    var slots = SlotCounts()
    for second in [10, 11, 12, 20] { slots.add(Int64(second)) }
    #expect(slots.count(from: 11, through: 12) == 2)
    #expect(slots.count(from: 13, through: 19) == 0)
  }

  @Test("what lies in the same slot as a moment is neither before nor after it", arguments: [10, 80])
  func whole(slotSeconds: Int64) {
    var slots = SlotCounts(slotSeconds: slotSeconds)
    for slot in 0..<3 { slots.add(Int64(slot) * slotSeconds, 1) }
    for second in [slotSeconds, 2 * slotSeconds - 1] {
      #expect(slots.count(before: second) == 1)
      #expect(slots.count(after: second) == 1)
    }
    #expect(slots.count(before: .max / 4) == 3 && slots.count(after: .min / 4) == 3)
  }

  @Test("a range counts those that lie wholly in it, and nothing where it is too short for one")
  func within() {
    var slots = SlotCounts(slotSeconds: 80)
    for slot in 0..<4 { slots.add(Int64(slot) * 80, 1) }
    #expect(slots.count(within: 80, 239) == 2)
    #expect(slots.count(within: 81, 239) == 1)
    #expect(slots.count(within: 81, 238) == nil)
    #expect(slots.count(within: 800, 1000) == 0)
  }

  @Test("two are added slot by slot, whatever their lengths")
  func sum() {
    var long = SlotCounts(slotSeconds: 10)
    long.add(100, 3)
    var short = SlotCounts()
    short.add(109)
    short.add(110)
    short.add(long)
    #expect(short.slotSeconds == 10)
    #expect(short.counts == [4, 1])
  }
}
