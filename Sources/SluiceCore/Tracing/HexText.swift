/// A word as 16 hexadecimal digits in lower case, leading zeros included: the one form that trace context has.
public enum HexText {
  public static func digits(_ word: UInt64) -> InlineArray<16, UInt8> {
    var digits = InlineArray<16, UInt8>(repeating: 0x30)
    for index in 0..<16 {
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * index)) & 15
      digits[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
    return digits
  }

  public static func string(_ word: UInt64) -> String {
    let digits = digits(word)
    return String(unsafeUninitializedCapacity: 16) { buffer in
      for index in 0..<16 { buffer[index] = digits[index] }
      return 16
    }
  }

  /// The digits at an offset, of which there are at most 16; nil where one is no digit or a capital letter.
  static func word(_ text: RawSpan, at offset: Int, count: Int) -> UInt64? {
    var word: UInt64 = 0
    for index in offset..<offset + count {
      let byte = text.octet(index)
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x66: digit = byte - 0x57
      default: return nil
      }
      word = word << 4 | UInt64(digit)
    }
    return word
  }
}
