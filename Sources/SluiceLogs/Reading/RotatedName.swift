/// What the name of a file tells of its place among the parts of a log.
///
/// `access.log`, `access.log.1`, `access.log.2.gz`, `access.log-20261126.gz`, `access.log.2026-11-26`,
/// `access-2026-11-26.log` and `access-2026-11-26T20-00-00.000.log.gz` are parts of `access.log`.
struct RotatedName: Equatable {
  /// The name that all parts have in common.
  let base: String
  /// The digits of the date; empty: none is told.
  let date: String
  /// Grows with age; nil: not told.
  let number: Int?
  let isPacked: Bool

  init(_ name: String) {
    var rest = Array(name.utf8)
    var isPacked = false
    for suffix in [".gz", ".gzip", ".zst", ".xz", ".bz2", ".lz4"] where rest.count > suffix.utf8.count {
      guard rest.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else { continue }
      rest.removeLast(suffix.utf8.count)
      isPacked = true
      break
    }
    self.isPacked = isPacked
    if let start = Self.dateStart(rest[...]) {
      date = Self.digits(rest[start...])
      number = nil
      base = String(decoding: rest[..<(start - 1)], as: UTF8.self)
      return
    }
    if let start = Self.numberStart(rest) {
      date = ""
      number = Int(String(decoding: rest[start...], as: UTF8.self))
      base = String(decoding: rest[..<(start - 1)], as: UTF8.self)
      return
    }
    number = nil
    // A date before the extension.
    if let dot = rest.lastIndex(of: 0x2E), dot > 0, let start = Self.dateStart(rest[..<dot]) {
      date = Self.digits(rest[start..<dot])
      base = String(decoding: rest[..<(start - 1)] + rest[dot...], as: UTF8.self)
      return
    }
    date = ""
    base = String(decoding: rest, as: UTF8.self)
  }

  /// Whether this part was written before the other.
  func isOlder(than other: RotatedName) -> Bool {
    if date.isEmpty != other.date.isEmpty { return !date.isEmpty }
    if date != other.date { return date < other.date }
    // The one without a number is the one that is written to.
    return (number ?? 0) > (other.number ?? 0)
  }

  private static func digits(_ text: ArraySlice<UInt8>) -> String {
    String(decoding: text.filter(\.isASCIIDigit), as: UTF8.self)
  }

  /// Where a date, with or without a time, or seconds since 1970 begin that end the text; something stands before the
  /// separator that is before it.
  private static func dateStart(_ text: ArraySlice<UInt8>) -> Int? {
    var start = text.endIndex
    var best: Int?
    while start > text.startIndex {
      let byte = text[start - 1]
      if byte.isASCIIDigit || byte == 0x54 || byte == 0x3A {
        start -= 1
        continue
      }
      guard isSeparator(byte), start - 1 > text.startIndex else { break }
      if start < text.endIndex, isDate(text[start...]) { best = start }
      start -= 1
    }
    return best
  }

  private static func isDate(_ text: ArraySlice<UInt8>) -> Bool {
    let digits = text.prefix { $0.isASCIIDigit }
    guard text.contains(where: \.isASCIIDigit) else { return false }
    if digits.count == 10, digits.count == text.count { return text.first == 0x31 }
    guard digits.starts(with: [0x32, 0x30]) || digits.starts(with: [0x31, 0x39]) else { return false }
    let all = text.filter(\.isASCIIDigit)
    guard all.count >= 8, digits.count == 4 || digits.count >= 8 else { return false }
    let month = (all[4] - 0x30) * 10 + (all[5] - 0x30)
    let day = (all[6] - 0x30) * 10 + (all[7] - 0x30)
    return (1...12).contains(month) && (1...31).contains(day)
  }

  private static func numberStart(_ text: [UInt8]) -> Int? {
    var start = text.count
    while start > 0, text[start - 1].isASCIIDigit { start -= 1 }
    guard (1...3).contains(text.count - start), start > 1, text[start - 1] == 0x2E else { return nil }
    return start
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2E || byte == 0x5F }
}
