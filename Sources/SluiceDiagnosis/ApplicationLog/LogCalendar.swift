internal import SluiceIncidents

/// Years of times that leave theirs out.
enum LogCalendar {
  static func year(of civil: Int64) -> Int { CivilDate(unixSeconds: floorDivided(civil, by: 1000)).year }

  /// The same month, day and time of day in another year; nil for 29 February where that year has none.
  static func moved(_ civil: Int64, to year: Int) -> Int64? {
    let date = CivilDate(unixSeconds: floorDivided(civil, by: 1000))
    let ofDay = civil - floorDivided(civil, by: 86_400_000) * 86_400_000
    return LogTime(
      date: (year, date.month, date.day), clock: LogClockTime(milliseconds: ofDay, offset: nil))?.civil
  }

  static func floorDivided(_ value: Int64, by divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// 1 to 12 for the first three letters of its English name.
  static func month(_ letters: ArraySlice<UInt8>) -> Int? {
    guard letters.count == 3 else { return nil }
    let word = String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self)
    return months.firstIndex(of: word).map { $0 + 1 }
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
}
