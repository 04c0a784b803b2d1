/// The time that a line of a log tells, as far as it tells it: many say neither their offset nor the year.
public struct LogTime: Equatable, Sendable {
  /// Milliseconds since 1970 of what is written, read as if it were UTC: Unix time plus the offset.
  /// Where the year is not told it is 1972, a leap year.
  package var civil: Int64
  /// Seconds east of Greenwich; nil: not told.
  package var offset: Int?
  package var hasYear = true
  /// Whether more than the time of day is told; `civil` is else the time since midnight.
  public var hasDate = true

  package init(civil: Int64, offset: Int?, hasYear: Bool = true) {
    self.civil = civil
    self.offset = offset
    self.hasYear = hasYear
  }

  init(ofDay clock: LogClockTime) {
    self.init(civil: clock.milliseconds, offset: clock.offset)
    hasDate = false
  }

  /// Of an epoch.
  package init(unixMilliseconds: Int64) { self.init(civil: unixMilliseconds, offset: 0) }

  static let yearUnknown = 1972
}

extension LogTime {
  /// nil where no calendar has the day or no clock the time. A leap second is the second after it.
  init?(date: (year: Int, month: Int, day: Int), clock: LogClockTime, hasYear: Bool = true) {
    let leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0) ? 1 : 0
    let lengths = [31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1970...2199).contains(date.year), (1...12).contains(date.month),
      (1...lengths[date.month - 1]).contains(date.day)
    else { return nil }
    let years = date.year - 1
    let leapDays = years / 4 - years / 100 + years / 400
    // Days before 1970: 719,162 since the first of January of the year 1.
    let days = years * 365 + leapDays - 719_162 + lengths.prefix(date.month - 1).reduce(0, +) + date.day - 1
    self.init(civil: Int64(days) * 86_400_000 + clock.milliseconds, offset: clock.offset, hasYear: hasYear)
  }
}

/// A time of day with what stands behind it.
struct LogClockTime: Equatable {
  /// Since midnight.
  var milliseconds: Int64
  /// Seconds east of Greenwich; nil: not told.
  package var offset: Int?
}
