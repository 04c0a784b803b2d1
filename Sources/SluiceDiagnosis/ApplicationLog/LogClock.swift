/// Turns what lines say into Unix time: the offset that lines do not tell, and the year that some leave out.
public struct LogClock: Equatable, Sendable {
  /// Milliseconds east of Greenwich.
  public var offset: Int64
  /// Unix time in milliseconds near which the log was written; a line without a year is of the year that fits.
  public var reference: Int64

  /// Whether a time of day alone is taken for a time: in a log where no line tells a date.
  public var takesTimeOfDay = false

  public init(offset: Int64, reference: Int64) {
    self.offset = offset
    self.reference = reference
  }

  /// Unix time in milliseconds; nil for a time of day where lines tell dates.
  func time(_ time: LogTime) -> Int64? { time.hasDate || takesTimeOfDay ? unixMilliseconds(time) : nil }

  /// Unix time in milliseconds.
  public func unixMilliseconds(_ time: LogTime) -> Int64 {
    let east = time.offset.map { Int64($0) * 1000 } ?? offset
    guard time.hasDate else { return withDay(time.civil - east) }
    return (time.hasYear ? time.civil : withYear(time.civil)) - east
  }

  /// Of the last day before the reference, or a minute after it.
  private func withDay(_ ofDay: Int64) -> Int64 {
    let day: Int64 = 86_400_000
    return ofDay + LogCalendar.floorDivided(reference + 60_000 - ofDay, by: day) * day
  }

  /// The latest year in which the time is not more than a day after the reference: what is logged lies in the past.
  private func withYear(_ civil: Int64) -> Int64 {
    let referenceYear = LogCalendar.year(of: reference + offset)
    for year in stride(from: referenceYear + 1, through: referenceYear - 4, by: -1) {
      guard let moved = LogCalendar.moved(civil, to: year) else { continue }
      if moved - offset <= reference + 86_400_000 { return moved }
    }
    return civil
  }
}

extension LogClock {
  /// How far the last line may be older than the last write to the file for the two to tell the offset.
  static let writeDelayMaxMs: Int64 = 120_000
  private static let quarter: Int64 = 900_000

  /// The offset of a log whose last line has `time` and which was last written to at `written`: the machine's where
  /// that fits, then UTC, then the quarter of an hour that does.
  ///
  /// - Parameters:
  ///   - written: Unix time in milliseconds.
  ///   - machine: Milliseconds east of Greenwich of the machine's own zone.
  public static func offset(lastLine time: LogTime, written: Int64, machine: Int64) -> Int64 {
    guard time.offset == nil else { return machine }
    let rounded = { (value: Int64) in (value >= 0 ? value + quarter / 2 : value - quarter / 2) / quarter * quarter }
    var guess = LogClock(offset: machine, reference: written).unixMilliseconds(time) + machine - written
    // A time of day that is later than the last write was taken for one of the day before.
    if !time.hasDate, guess < -43_200_000 { guess += 86_400_000 }
    for offset in [machine, 0, rounded(guess)] where abs(offset) <= 14 * 3_600_000 {
      let line = LogClock(offset: offset, reference: written).unixMilliseconds(time)
      if abs(written - line) <= writeDelayMaxMs { return offset }
    }
    return machine
  }
}
