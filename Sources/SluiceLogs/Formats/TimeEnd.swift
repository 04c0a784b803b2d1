/// The last eight bytes of a time that hold its seconds and everything behind them: `:05.123`, `05 +0000`. Lines that
/// follow each other differ in its digits alone, and all of them are looked at together.
struct TimeEnd: Sendable {
  /// The bytes with zeros for the digits.
  private let zeros: UInt64
  /// Bits that are the same in every line: those of a digit are but its lowest four.
  private let fixed: UInt64
  /// Added to digits, it sets the highest bit of a byte that is beyond 9, or beyond 5 for the tens of seconds: the
  /// sixtieth second is read in another way.
  private let bound: UInt64
  /// Bits below the tens of seconds.
  private let shift: UInt64
  private let hasFraction: Bool

  /// - Parameters:
  ///   - word: the bytes of one such time.
  ///   - behindMinute: bytes from the seconds on.
  ///   - fraction: digits of the fraction.
  ///   - tail: bytes behind the seconds and their fraction.
  init?(_ word: UInt64, behindMinute: Int, fraction: Int, tail: Int) {
    guard behindMinute >= 2, behindMinute <= 8, fraction == 0 || fraction == 3 && tail == 0 else { return nil }
    let tens = 8 - behindMinute
    let digits = [tens, tens + 1] + (fraction == 0 ? [] : [5, 6, 7])
    var (zeros, fixed, bound) = (word, UInt64.max, UInt64(0))
    for place in digits.map({ UInt64($0 * 8) }) {
      zeros = zeros & ~(0xFF << place) | 0x30 << place
      fixed &= ~(0x0F << place)
      bound |= 0x76 << place
    }
    bound += 4 << UInt64(tens * 8)
    (self.zeros, self.fixed, self.bound) = (zeros, fixed, bound)
    shift = UInt64(tens * 8)
    hasFraction = fraction == 3
  }

  /// Milliseconds within the minute; nil where more differs than digits.
  @inline(__always)
  func milliseconds(_ word: UInt64) -> Int64? {
    let digits = word ^ zeros
    guard digits & fixed == 0, (digits &+ bound) & 0x8080_8080_8080_8080 == 0 else { return nil }
    let seconds = digits &>> shift
    var time = (seconds & 0xF) &* 10_000 &+ (seconds &>> 8 & 0xF) &* 1000
    if hasFraction { time &+= (digits &>> 40 & 0xF) &* 100 &+ (digits &>> 48 & 0xF) &* 10 &+ digits &>> 56 }
    return Int64(truncatingIfNeeded: time)
  }
}
