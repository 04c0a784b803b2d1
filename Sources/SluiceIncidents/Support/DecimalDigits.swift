/// Digits of numbers as the bytes of a word, the first digit in the lowest byte; each byte is 0 to 9.
///
/// # Why this way
/// A line of the access log has some twenty numbers. Digit after digit they took a third of its instructions; here the
/// digits of a number come from three divisions by constants that all lanes of a word share.
enum DecimalDigits {
  /// What makes characters of digits.
  static let zeros: UInt64 = 0x3030_3030_3030_3030
  /// The first number that has more than eight digits.
  static let eightEnd: UInt64 = 100_000_000

  /// Eight digits, leading zeros included, of a number below `eightEnd`.
  @inline(__always)
  static func eight(_ value: UInt64) -> UInt64 {
    // A multiplication and a shift divide exactly in a lane: by 100 below 43,699, by 10 below 179.
    let halves = value / 10_000 | (value % 10_000) &<< 32
    let hundreds = (halves &* 10_486) &>> 20 & 0x0000_007F_0000_007F
    let pairs = hundreds | (halves &- hundreds &* 100) &<< 16
    let tens = (pairs &* 103) &>> 10 & 0x000F_000F_000F_000F
    return tens | (pairs &- tens &* 10) &<< 8
  }

  /// Three digits, leading zeros included, of a number below 1000.
  @inline(__always)
  static func three(_ value: UInt64) -> UInt64 {
    let hundreds = (value &* 41) &>> 12
    let rest = value &- hundreds &* 100
    let tens = (rest &* 103) &>> 10
    return hundreds | tens &<< 8 | (rest &- tens &* 10) &<< 16
  }
}
