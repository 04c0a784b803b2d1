/// The fields of a line that is a JSON object, those of objects within it under `outer.inner`.
///
/// It takes what is there of a line that was cut, which a parser of whole documents would refuse.
struct LogFields {
  private(set) var values: [String: String] = [:]

  /// Objects within each other, and fields in all.
  static let depthMax = 3
  static let fieldsMax = 64
  /// Of a line that are read: a trace in a field is longer than other lines.
  static let bytesMax = 32_768

  subscript(key: String) -> String? { values[key] }

  /// nil: the line is no object.
  init?(_ line: ArraySlice<UInt8>) {
    var cursor = LogCursor(line)
    while cursor.take(" \t") != nil {}
    guard cursor.take("{") != nil else { return nil }
    var rest = cursor
    while rest.take(" \t") != nil {}
    guard rest.next == 0x22 || rest.next == 0x7D else { return nil }
    readObject(&cursor, prefix: "", depth: 1)
  }

  private mutating func readObject(_ cursor: inout LogCursor, prefix: String, depth: Int) {
    while values.count < Self.fieldsMax {
      while cursor.take(" \t,") != nil {}
      guard cursor.next == 0x22, let key = Self.string(&cursor) else {
        _ = cursor.take("}")
        return
      }
      while cursor.take(" \t:") != nil {}
      switch cursor.next {
      case 0x22: values[prefix + key] = Self.string(&cursor)
      case 0x7B where depth < Self.depthMax:
        cursor.position += 1
        readObject(&cursor, prefix: prefix + key + ".", depth: depth + 1)
      case 0x7B, 0x5B: Self.skip(&cursor)
      case nil: return
      default: values[prefix + key] = Self.word(&cursor)
      }
    }
  }

  /// A number, true, false or null.
  private static func word(_ cursor: inout LogCursor) -> String {
    let start = cursor.position
    while let byte = cursor.next, byte != 0x2C, byte != 0x7D, byte != 0x20 { cursor.position += 1 }
    if cursor.position == start { cursor.position += 1 }
    return String(decoding: cursor.bytes[start..<min(cursor.position, cursor.bytes.endIndex)], as: UTF8.self)
  }

  /// Steps over an array or object.
  private static func skip(_ cursor: inout LogCursor) {
    var depth = 0
    while let byte = cursor.next {
      if byte == 0x22 {
        _ = string(&cursor)
        continue
      }
      cursor.position += 1
      if byte == 0x7B || byte == 0x5B { depth += 1 }
      if byte == 0x7D || byte == 0x5D { depth -= 1 }
      if depth == 0 { return }
    }
  }

  /// What stands between quotes, or up to the end of a line that was cut.
  private static func string(_ cursor: inout LogCursor) -> String? {
    guard cursor.take("\"") != nil else { return nil }
    var text: [UInt8] = []
    while let byte = cursor.next {
      cursor.position += 1
      if byte == 0x22 { break }
      guard byte == 0x5C else {
        text.append(byte)
        continue
      }
      guard let escaped = cursor.next else { break }
      cursor.position += 1
      switch escaped {
      case 0x6E: text.append(0x0A)
      case 0x74: text.append(0x09)
      case 0x72: text.append(0x0D)
      case 0x75: text += unicode(&cursor)
      default: text.append(escaped)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The four digits behind `\u`; halves of pairs become a replacement character, since nothing here depends on them.
  private static func unicode(_ cursor: inout LogCursor) -> [UInt8] {
    let digits = cursor.bytes[cursor.position...].prefix(4)
    cursor.position += digits.count
    let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0xFFFD
    return Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
  }
}
