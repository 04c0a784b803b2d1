import Testing

@testable import SluiceLogs

@Suite("Moments")
struct MomentTests {
  @Test(
    "are written in UTC with milliseconds",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (Made.start + 7, "2026-11-26T20:00:00.007Z"),
      (Int64.max, "9999-12-31T23:59:59.999Z"), (.min, "0000-01-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func text(time: Int64, expected: String) {
    #expect(Moment.text(time) == expected)
  }

  @Test("a day is told by its number and month")
  func day() {
    #expect(Moment.day(milliseconds: Made.start) == "26 Nov")
    #expect(Moment.clock(milliseconds: Made.at(61)) == "20:01:01")
  }
}
