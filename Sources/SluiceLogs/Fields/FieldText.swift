/// Takes the escapes of a format away. What is no escape stays as it is: the lines are strangers'.
enum FieldText {
  /// Of nginx (`\x22`) and Apache httpd (`\"`, `\\`, `\n`, `\xe4`).
  static func quoted(_ line: RawSpan, _ range: Range<Int>) -> String {
    let bytes = unescaped(line, range) { line, kind, position, bytes in
      guard kind == 0x78, let value = hexadecimal(line, position + 2, digits: 2, end: range.upperBound) else {
        return false
      }
      bytes.append(UInt8(value))
      position += 4
      return true
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// RFC 8259, section 7. Half of a surrogate pair becomes the replacement character.
  static func json(_ line: RawSpan, _ range: Range<Int>) -> String {
    String(decoding: jsonBytes(line, range), as: UTF8.self)
  }

  static func jsonBytes(_ line: RawSpan, _ range: Range<Int>) -> [UInt8] {
    unescaped(line, range) { line, kind, position, bytes in
      if kind == 0x75, let unit = hexadecimal(line, position + 2, digits: 4, end: range.upperBound) {
        position += 6
        bytes += character(unit, line, &position, end: range.upperBound).utf8
        return true
      }
      guard kind == 0x2F else { return false }
      bytes.append(kind)
      position += 2
      return true
    }
  }

  /// - Parameter own: takes an escape that only one format has: what stands behind the backslash, and where that is;
  ///   false: it is none.
  private static func unescaped(
    _ line: RawSpan, _ range: Range<Int>,
    _ own: (_ line: RawSpan, _ kind: UInt8, _ position: inout Int, _ bytes: inout [UInt8]) -> Bool
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = line.byte(at: position)
      guard byte == backslash, position + 1 < range.upperBound else {
        bytes.append(byte)
        position += 1
        continue
      }
      let kind = line.byte(at: position + 1)
      if own(line, kind, &position, &bytes) { continue }
      if let control = control(kind) {
        bytes.append(control)
        position += 2
      } else {
        bytes.append(byte)
        position += 1
      }
    }
    return bytes
  }

  /// The character of a UTF-16 unit; where it is the first of a pair, the second is taken too.
  private static func character(_ unit: UInt32, _ line: RawSpan, _ position: inout Int, end: Int) -> String {
    if let scalar = Unicode.Scalar(unit) { return String(Character(scalar)) }
    if unit < 0xDC00, position + 6 <= end, line.byte(at: position) == backslash, line.byte(at: position + 1) == 0x75,
      let second = hexadecimal(line, position + 2, digits: 4, end: end), (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00))
    {
      position += 6
      return String(Character(scalar))
    }
    return "\u{FFFD}"
  }

  private static func control(_ kind: UInt8) -> UInt8? {
    switch kind {
    case 0x22, 0x5C, 0x27: kind
    case 0x6E: 0x0A
    case 0x74: 0x09
    case 0x72: 0x0D
    case 0x62: 0x08
    case 0x66: 0x0C
    case 0x76: 0x0B
    default: nil
    }
  }

  private static func hexadecimal(_ line: RawSpan, _ start: Int, digits: Int, end: Int) -> UInt32? {
    guard start + digits <= end else { return nil }
    var value: UInt32 = 0
    for index in start..<start + digits {
      switch line.byte(at: index) {
      case let byte where byte >= 0x30 && byte <= 0x39: value = value << 4 | UInt32(byte - 0x30)
      case let byte where byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66: value = value << 4 | UInt32((byte | 0x20) - 0x57)
      default: return nil
      }
    }
    return value
  }

  private static let backslash: UInt8 = 0x5C
}
