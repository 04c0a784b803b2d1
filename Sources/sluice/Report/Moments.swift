import SluiceIncidents

/// Moments as text. They are UTC throughout, as in the access log, so that two people compare the same numbers.
enum Moments {
  /// `2026-11-24`.
  static func day(_ time: Int64) -> String {
    let date = date(time)
    return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
  }

  /// `10:12:58`.
  static func clock(_ time: Int64) -> String {
    let date = date(time)
    return "\(digits(date.hour, 2)):\(digits(date.minute, 2)):\(digits(date.second, 2))"
  }

  /// `2026-11-24 10:12:58.123 UTC`.
  static func full(_ time: Int64) -> String {
    let rest = Int(((time % 1000) + 1000) % 1000)
    return "\(day(time)) \(clock(time)).\(digits(rest, 3)) UTC"
  }

  /// Reads how long ago, or a moment: see `MomentText`.
  ///
  /// - Returns: Unix time in milliseconds, nil for anything else.
  static func read(_ text: String, now: Int64) -> Int64? { MomentText.read(text, now: now) }

  private static func date(_ time: Int64) -> CivilDate {
    // The years 0 to 9999, as the record's own times.
    let bounded = min(max(time, -62_167_219_200_000), 253_402_300_799_999)
    return CivilDate(unixSeconds: bounded >= 0 ? bounded / 1000 : (bounded - 999) / 1000)
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
