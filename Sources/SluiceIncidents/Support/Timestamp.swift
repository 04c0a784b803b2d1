/// RFC 3339 times in UTC with milliseconds; the part down to the second is kept, since most lines share it.
package struct Timestamp: Sendable {
  /// Unix time in seconds of `text`.
  private var second: Int64 = .min
  /// `2026-08-21T12:00:00.000Z`, with the milliseconds of the last time.
  private var text = InlineArray<24, UInt8>(repeating: 0x30)

  package init() {}

  /// Writes 24 characters, such as `2026-08-21T12:00:00.123Z`.
  ///
  /// - Parameter milliseconds: Unix time; one outside of the years 0 to 9999 is written as the nearest within them.
  package mutating func write(_ milliseconds: Int64, into output: inout OutputSpan<UInt8>) {
    let time = min(max(milliseconds, Self.earliest), Self.latest)
    let (quotient, remainder) = time.quotientAndRemainder(dividingBy: 1000)
    let seconds = remainder < 0 ? quotient - 1 : quotient
    if seconds != second { compute(seconds) }
    let digits = DecimalDigits.three(UInt64(truncatingIfNeeded: time - seconds * 1000)) | DecimalDigits.zeros
    text[20] = UInt8(truncatingIfNeeded: digits)
    text[21] = UInt8(truncatingIfNeeded: digits &>> 8)
    text[22] = UInt8(truncatingIfNeeded: digits &>> 16)
    output.write(text.span)
  }

  private static let earliest: Int64 = -62_167_219_200_000
  private static let latest: Int64 = 253_402_300_799_999

  private mutating func compute(_ seconds: Int64) {
    let date = CivilDate(unixSeconds: seconds)
    second = seconds
    set(date.year, at: 0, digits: 4)
    set(date.month, at: 5, digits: 2)
    set(date.day, at: 8, digits: 2)
    set(date.hour, at: 11, digits: 2)
    set(date.minute, at: 14, digits: 2)
    set(date.second, at: 17, digits: 2)
    text[4] = 0x2D
    text[7] = 0x2D
    text[10] = 0x54
    text[13] = 0x3A
    text[16] = 0x3A
    text[19] = 0x2E
    text[23] = 0x5A
  }

  private mutating func set(_ value: Int, at start: Int, digits: Int) {
    var rest = value
    for index in stride(from: start + digits - 1, through: start, by: -1) {
      text[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}
