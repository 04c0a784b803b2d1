/// Crockford's base 32: digits and capitals without I, L, O and U, so that a person can read an ID aloud.
enum CrockfordBase32 {
  /// The character of a digit below 32.
  static func character(_ digit: UInt8) -> UInt8 {
    // Sums instead of branches: from the digits to A is a step of 7, and each letter that is left out is one of 1.
    let d = digit & 31
    let letter: UInt8 = d > 9 ? 7 : 0
    let pastI: UInt8 = d > 17 ? 1 : 0
    let pastL: UInt8 = d > 19 ? 1 : 0
    let pastO: UInt8 = d > 21 ? 1 : 0
    let pastU: UInt8 = d > 26 ? 1 : 0
    return 0x30 + d + letter + pastI + pastL + pastO + pastU
  }

  /// The digit of a character in either case, with I and L read as 1 and O as 0.
  static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x61...0x7A: digit(character - 0x20)
    case 0x41...0x48: character - 0x41 + 10
    case 0x49, 0x4C: 1
    case 0x4A, 0x4B: character - 0x4A + 18
    case 0x4D, 0x4E: character - 0x4D + 20
    case 0x4F: 0
    case 0x50...0x54: character - 0x50 + 22
    case 0x56...0x5A: character - 0x56 + 27
    default: nil
    }
  }
}
