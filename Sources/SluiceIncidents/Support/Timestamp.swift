/// RFC 3339 times in UTC with milliseconds; the part down to the second is kept, since most lines share it.
package struct Timestamp: Sendable {
  /// Unix time in seconds of `prefix`.
  private var second: Int64 = .min
  /// `2026-08-21T12:00:00.`, 20 characters.
  private var prefix = InlineArray<20, UInt8>(repeating: 0x30)

  package init() {}

  /// Writes 24 characters, such as `2026-08-21T12:00:00.123Z`.
  ///
  /// - Parameter milliseconds: Unix time; one outside of the years 0 to 9999 is written as the nearest within them.
  package mutating func write(_ milliseconds: Int64, into output: inout OutputSpan<UInt8>) {
    let time = min(max(milliseconds, Self.earliest), Self.latest)
    let (quotient, remainder) = time.quotientAndRemainder(dividingBy: 1000)
    let seconds = remainder < 0 ? quotient - 1 : quotient
    if seconds != second { compute(seconds) }
    for index in prefix.indices { output.write(byte: prefix[index]) }
    output.write(decimal: Int(time - seconds * 1000), digits: 3)
    output.write(byte: 0x5A)
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
    prefix[4] = 0x2D
    prefix[7] = 0x2D
    prefix[10] = 0x54
    prefix[13] = 0x3A
    prefix[16] = 0x3A
    prefix[19] = 0x2E
  }

  private mutating func set(_ value: Int, at start: Int, digits: Int) {
    var rest = value
    for index in stride(from: start + digits - 1, through: start, by: -1) {
      prefix[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}
