/// Crockford's base 32: digits and capitals without I, L, O and U, so that a person can read an ID aloud.
enum CrockfordBase32 {
  private static let alphabet: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

  /// The character of a digit below 32; higher bits do not matter.
  @inline(__always)
  static func character(_ digit: UInt8) -> UInt8 {
    // Within our own 32 characters, whatever the digit is.
    alphabet.utf8Start[Int(digit & 31)]
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
