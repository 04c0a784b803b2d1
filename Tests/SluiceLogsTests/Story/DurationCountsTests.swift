import Testing

@testable import SluiceLogs

@Suite("Counts of durations")
struct DurationCountsTests {
  @Test("what ends after the same time again and again stands out")
  func same() throws {
    var durations = DurationCounts()
    for index in 0..<90 { durations.add(30_000 + Double(index)) }
    for index in 0..<10 { durations.add(Double(index) * 900) }
    let found = try #require(durations.concentration(tolerance: 0.05))
    #expect(abs(found.milliseconds - 30_000) < 1000)
    #expect(found.part >= 0.9)
    #expect(durations.count(below: 5) == 1)
  }

  @Test("the middle is right within the length of a step")
  func median() throws {
    var durations = DurationCounts()
    for value in 1...999 { durations.add(Double(value)) }
    #expect(abs(try #require(durations.median) - 500) < 15)
  }

  @Test("what is no duration is not counted", arguments: [nil, -1, .nan, .infinity] as [Double?])
  func none(value: Double?) {
    var durations = DurationCounts()
    durations.add(value)
    #expect(durations.total == 0)
    #expect(durations.median == nil)
  }
}
