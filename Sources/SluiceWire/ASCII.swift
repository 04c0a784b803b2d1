/// Classes of bytes, each as two words with one bit for each ASCII character: a table in constants needs no memory
/// access and no check that it has been built.
enum ASCII {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0a
  static let carriageReturn: UInt8 = 0x0d
  static let space: UInt8 = 0x20
  static let comma: UInt8 = 0x2c
  static let colon: UInt8 = 0x3a
  static let semicolon: UInt8 = 0x3b

  @inline(__always)
  private static func isMember(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
    let half = byte & 0x40 == 0 ? low : high
    return byte < 0x80 && half >> UInt64(byte & 0x3f) & 1 == 1
  }

  /// tchar (RFC 9110 5.6.2): ! # $ % & ' * + - . ^ _ ` | ~ digits letters
  @inline(__always)
  static func isToken(_ byte: UInt8) -> Bool {
    isMember(byte, 0x03ff_6cfa_0000_0000, 0x57ff_ffff_c7ff_fffe)
  }

  /// unreserved and sub-delims (RFC 3986 2.2, 2.3): the characters of a registered name but for the percent sign.
  @inline(__always)
  static func isHostName(_ byte: UInt8) -> Bool {
    isMember(byte, 0x2bff_7fd2_0000_0000, 0x47ff_fffe_87ff_fffe)
  }

  /// unreserved (RFC 3986 2.3): - . _ ~ digits letters
  @inline(__always)
  static func isUnreserved(_ byte: UInt8) -> Bool {
    isMember(byte, 0x03ff_6000_0000_0000, 0x47ff_fffe_87ff_fffe)
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == space || byte == tab
  }

  @inline(__always)
  static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  /// The value of a hexadecimal digit.
  @inline(__always)
  static func hexValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- 0x30 }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }
}
