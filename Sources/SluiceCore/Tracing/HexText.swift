/// A word as 16 hexadecimal digits in lower case, leading zeros included: the one form that trace context has.
public enum HexText {
  /// The characters of the upper and of the lower half as the bytes of a word, the first one lowest.
  public static func characters(_ word: UInt64) -> (upper: UInt64, lower: UInt64) {
    (characters(half: word >> 32), characters(half: word & 0xFFFF_FFFF))
  }

  /// Eight digits at once: a request that is traced has 64 of them.
  @inline(__always)
  private static func characters(half: UInt64) -> UInt64 {
    var digits = (half &<< 16 | half) & 0x0000_FFFF_0000_FFFF
    digits = (digits &<< 8 | digits) & 0x00FF_00FF_00FF_00FF
    digits = (digits &<< 4 | digits) & 0x0F0F_0F0F_0F0F_0F0F
    // 1 in the bytes of those from ten on, whose letters begin 0x27 behind where the digits would go on.
    let letters = (digits &+ 0x0606_0606_0606_0606) &>> 4 & 0x0101_0101_0101_0101
    return (digits &+ 0x3030_3030_3030_3030 &+ letters &* 0x27).byteSwapped
  }

  public static func string(_ word: UInt64) -> String {
    let (upper, lower) = characters(word)
    return String(unsafeUninitializedCapacity: 16) { buffer in
      for index in 0..<16 {
        buffer[index] = UInt8(truncatingIfNeeded: (index < 8 ? upper : lower) >> UInt64(8 * (index & 7)))
      }
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
