import Testing

@testable import SluiceIncidents

@Suite struct TimestampTests {
  private func text(_ milliseconds: [Int64]) -> [String] {
    var timestamp = Timestamp()
    return milliseconds.map { moment in
      let bytes = [UInt8](capacity: 24) { timestamp.write(moment, into: &$0) }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test func momentsAreWrittenAsRFC3339() {
    #expect(
      text([0, 999, 1000]) == ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.999Z", "1970-01-01T00:00:01.000Z"])
    #expect(text([951_782_400_000]) == ["2000-02-29T00:00:00.000Z"])
    #expect(text([4_107_542_399_999]) == ["2100-02-28T23:59:59.999Z"])
    #expect(text([4_107_542_400_000]) == ["2100-03-01T00:00:00.000Z"])
    #expect(text([-1]) == ["1969-12-31T23:59:59.999Z"])
    #expect(text([.max, .min]) == ["9999-12-31T23:59:59.999Z", "0000-01-01T00:00:00.000Z"])
  }

  @Test func daysFollowEachOtherForEightCenturies() {
    var before = CivilDate(unixSeconds: -12_622_780_800)
    for day in (-146_096 as Int64)...146_097 {
      let date = CivilDate(unixSeconds: day * 86_400)
      let isNextDay = date.year == before.year && date.month == before.month && date.day == before.day + 1
      let isNextMonth = date.day == 1 && (before.day >= 28) && (date.month == before.month % 12 + 1)
      #expect((isNextDay || isNextMonth) && date.weekday == (before.weekday + 1) % 7)
      before = date
    }
    #expect(before.year == 2370 && before.month == 1 && before.day == 1)
  }
}
