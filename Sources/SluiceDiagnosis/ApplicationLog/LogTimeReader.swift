/// Finds the time that a line begins with, in the forms that are common among languages, frameworks and loggers.
///
/// The forms: RFC 3339 with `T` or a space and its parts in any number (Go's `2026/11/26`, Python's comma, .NET's space
/// before the offset); `26/Nov/2026:17:12:11 +0000` of access logs; `26-Nov-2026` of PHP and Tomcat; `26 Nov 2026` of
/// redis; `Nov 26 17:12:11` of syslog, with a year behind it in Apache's error log; `Nov 26, 2026 5:12:11 PM` of Java's
/// own logger; `I1126 17:12:11` of klog; `17:12:11.123`, a time of day alone; seconds, milliseconds, micro- and
/// nanoseconds since 1970.
package enum LogTimeReader {
  /// Bytes at the beginning of a line within which its time begins.
  package static let prefixBytesMax = 128

  /// nil: the line tells none, and belongs to the one before.
  package static func time(of line: ArraySlice<UInt8>) -> LogTime? {
    if let fields = LogFields(line) { return time(of: fields) }
    return found(in: line)?.time
  }

  /// The first time within the prefix, and where it ends.
  static func found(in line: ArraySlice<UInt8>) -> (time: LogTime, end: Int)? {
    var position = line.startIndex
    let limit = min(line.endIndex, position + prefixBytesMax)
    var words = 0
    var wordsMax = Int.max
    while position < limit, words < wordsMax {
      let byte = line[position]
      if byte == escape {
        position = LogText.afterEscape(in: line, at: position)
      } else if byte.isWordByte {
        var cursor = LogCursor(line, at: position)
        if let time = form(at: &cursor, isFirstWord: words == 0) { return (time, cursor.position) }
        words += 1
        while position < limit, line[position].isWordByte { position += 1 }
      } else if byte == 0x3A, position + 1 < line.endIndex, line[position + 1] == 0x20 {
        // Behind `word: ` stands what happened, and a time in it is not the logger's; behind `INFO: ` it may follow.
        guard endsWithLevel(line[..<position]) else { return nil }
        wordsMax = words + 1
        position += 1
      } else {
        position += 1
      }
    }
    return nil
  }

  private static let escape: UInt8 = 0x1B

  private static func form(at cursor: inout LogCursor, isFirstWord: Bool) -> LogTime? {
    guard let first = cursor.next else { return nil }
    let start = cursor
    let forms: [(inout LogCursor) -> LogTime?] =
      first.isDigit
      ? [yearFirst, dayFirst] + (isFirstWord ? [epoch, ofDay] : [])
      : [monthFirst] + (isFirstWord ? [klog] : [])
    for form in forms {
      cursor = start
      if let time = form(&cursor) { return time }
    }
    return nil
  }

  private static func endsWithLevel(_ text: ArraySlice<UInt8>) -> Bool {
    let word = text.reversed().prefix { $0.isLetter }.reversed().map(\.lowercased)
    return levels.contains(String(decoding: word, as: UTF8.self))
  }

  private static let levels: Set<String> = [
    "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "critical", "crit", "alert", "fatal", "log",
    "severe", "fine", "fail", "dbug", "information", "verbose",
  ]
}

extension LogTimeReader {
  /// `2026-11-26T17:12:11.123+01:00` and what is like it.
  private static func yearFirst(_ cursor: inout LogCursor) -> LogTime? {
    guard let year = cursor.fixed(4), let mark = cursor.take("-/."), let month = cursor.number(digits: 1...2),
      cursor.take("-/.") == mark, let day = cursor.number(digits: 1...2), cursor.take("Tt _:") != nil,
      let clock = clock(&cursor)
    else { return nil }
    return LogTime(date: (year, month, day), clock: clock)
  }

  /// `26/Nov/2026:17:12:11 +0000`, `26-Nov-2026 17:12:11 UTC`, `26 Nov 2026 17:12:11.123`.
  private static func dayFirst(_ cursor: inout LogCursor) -> LogTime? {
    guard let day = cursor.number(digits: 1...2), cursor.take("/- ") != nil, let month = cursor.month(),
      cursor.take("/- ") != nil, let year = cursor.number(digits: 4...4), cursor.take(": ") != nil,
      let clock = clock(&cursor)
    else { return nil }
    return LogTime(date: (year, month, day), clock: clock)
  }

  /// `Nov 26 17:12:11`, `Nov 26 17:12:11.123456 2026`, `Nov 26, 2026 5:12:11 PM`.
  private static func monthFirst(_ cursor: inout LogCursor) -> LogTime? {
    guard let month = cursor.month(), cursor.take(" ") != nil else { return nil }
    cursor.spaces()
    guard let day = cursor.number(digits: 1...2) else { return nil }
    if cursor.take(",") != nil, cursor.take(" ") != nil {
      guard let year = cursor.number(digits: 4...4), cursor.take(" ,") != nil else { return nil }
      cursor.spaces()
      return clock(&cursor).flatMap { LogTime(date: (year, month, day), clock: $0) }
    }
    guard cursor.take(" ") != nil, let clock = clock(&cursor) else { return nil }
    let end = cursor
    if cursor.take(" ") != nil, let year = cursor.number(digits: 4...4), cursor.next?.isWordByte != true,
      let time = LogTime(date: (year, month, day), clock: clock)
    {
      return time
    }
    cursor = end
    return LogTime(date: (LogTime.yearUnknown, month, day), clock: clock, hasYear: false)
  }

  /// `17:12:11.123 [main]` of Logback, `[17:12:11.123]` of pino: the time of day alone.
  private static func ofDay(_ cursor: inout LogCursor) -> LogTime? {
    guard cursor.peek(2) == 0x3A, let clock = clock(&cursor), cursor.next != 0x3A, cursor.next?.isWordByte != true
    else { return nil }
    return LogTime(ofDay: clock)
  }

  /// `I1126 17:12:11.123456`.
  private static func klog(_ cursor: inout LogCursor) -> LogTime? {
    guard cursor.take("IWEFD") != nil, let month = cursor.fixed(2), let day = cursor.number(digits: 2...2),
      cursor.take(" ") != nil, let clock = clock(&cursor)
    else { return nil }
    return LogTime(date: (LogTime.yearUnknown, month, day), clock: clock, hasYear: false)
  }

  /// `17:12:11`, with what stands behind it: a fraction, AM or PM, an offset.
  private static func clock(_ cursor: inout LogCursor) -> LogClockTime? {
    guard var hour = cursor.number(digits: 1...2), cursor.take(":") != nil, let minute = cursor.number(digits: 2...2),
      cursor.take(":") != nil, let second = cursor.number(digits: 2...2), hour < 24, minute < 60, second <= 60
    else { return nil }
    var milliseconds: Int64 = 0
    let mark = cursor
    if cursor.take(".,") != nil, cursor.next?.isDigit == true {
      var weight: Int64 = 100
      while let byte = cursor.next, byte.isDigit {
        milliseconds += Int64(byte - 0x30) * weight
        weight /= 10
        cursor.position += 1
      }
    } else {
      cursor = mark
    }
    if let isAfternoon = afternoon(&cursor), (1...12).contains(hour) { hour = hour % 12 + (isAfternoon ? 12 : 0) }
    let seconds = Int64(hour * 3600 + minute * 60 + second)
    return LogClockTime(milliseconds: seconds * 1000 + milliseconds, offset: offset(&cursor))
  }

  private static func afternoon(_ cursor: inout LogCursor) -> Bool? {
    guard let half = cursor.peek(1)?.lowercased, cursor.next == 0x20, half == 0x61 || half == 0x70,
      cursor.peek(2)?.lowercased == 0x6D, cursor.peek(3)?.isWordByte != true
    else { return nil }
    cursor.position += 3
    return half == 0x70
  }

  /// `Z`, `+01:00`, `-0500`, ` UTC`; nothing is taken where none stands there.
  private static func offset(_ cursor: inout LogCursor) -> Int? {
    let start = cursor
    if cursor.take("Zz") != nil, cursor.next?.isWordByte != true { return 0 }
    cursor = start
    _ = cursor.take(" ")
    for name in ["UTC", "GMT"] where cursor.bytes[cursor.position...].starts(with: name.utf8) {
      cursor.position += 3
      return 0
    }
    if let sign = cursor.take("+-"), let hours = cursor.fixed(2) {
      let hasColon = cursor.take(":") != nil
      let minutes = cursor.fixed(2)
      if let minutes = minutes ?? (hasColon ? nil : 0), hours <= 14, minutes < 60, cursor.next?.isWordByte != true {
        // Two digits alone are an offset of whole hours only where they stand at the time (PostgreSQL's form).
        if start.next != 0x20 || cursor.position - start.position >= 6 {
          return (sign == 0x2D ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
      }
    }
    cursor = start
    return nil
  }
}
