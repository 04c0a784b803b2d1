extension LogTimeReader {
  /// Times that machines write: a number at the beginning of the line.
  static func epoch(_ cursor: inout LogCursor) -> LogTime? {
    let start = cursor.position
    while let byte = cursor.next, byte.isDigit || byte == 0x2E || byte == 0x65 || byte == 0x2B { cursor.position += 1 }
    guard cursor.position - start >= 10, cursor.next.map({ $0 == 0x20 || $0 == 0x09 || $0 == 0x3A }) ?? true else {
      return nil
    }
    return epoch(String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self))
  }

  /// Seconds since 1970, or as many thousandths, millionths or billionths of them as make a year of this century.
  static func epoch(_ text: String) -> LogTime? {
    guard text.utf8.count <= 32, var value = Double(text), value >= 946_684_800 else { return nil }
    for _ in 0..<3 where value >= 4_102_444_800 { value /= 1000 }
    guard value >= 946_684_800, value < 4_102_444_800 else { return nil }
    return LogTime(unixMilliseconds: Int64((value * 1000).rounded()))
  }

  /// Keys under which loggers that write JSON put the time, the surest first.
  private static let timeKeys = [
    "@timestamp", "timestamp", "time", "ts", "@t", "Timestamp", "datetime", "date", "asctime", "t", "timeMillis",
    "instant.epochSecond", "eventTime", "created",
  ]

  static func time(of fields: LogFields) -> LogTime? {
    for key in timeKeys {
      guard let value = fields[key] else { continue }
      if let time = epoch(value) ?? found(in: Array(value.utf8)[...])?.time { return time }
    }
    return nil
  }
}
