/// Finds wanted keys in a line that is one JSON object, without making values of what stands between.
///
/// Of an array the first element counts, where it is a text: proxies write headers so. What is not wanted is skipped
/// by its brackets and quotes; that it is valid JSON within is not asked. A key that comes twice has its last value.
enum JSONLine {
  /// Objects within objects that are entered; deeper ones are skipped.
  static let depthMax = 8

  /// false where the line is no JSON object from its first byte to its last.
  static func read(_ line: RawSpan, _ keys: JSONKeys, into fields: inout FieldSet) -> Bool {
    fields.isJSON = true
    var position = spaces(line, 0)
    guard position < line.byteCount, line.byte(at: position) == 0x7B,
      object(line, &position, JSONKeys.root, keys, depth: 1, &fields)
    else { return false }
    return spaces(line, position) == line.byteCount
  }

  private static func object(
    _ line: RawSpan, _ position: inout Int, _ path: UInt64, _ keys: JSONKeys, depth: Int, _ fields: inout FieldSet
  ) -> Bool {
    let count = line.byteCount
    position = spaces(line, position + 1)
    guard position < count else { return false }
    if line.byte(at: position) == 0x7D {
      position += 1
      return true
    }
    while true {
      guard position < count, line.byte(at: position) == 0x22 else { return false }
      let keyStart = position + 1
      let keyEnd = stringEnd(line, keyStart)
      guard keyEnd < count else { return false }
      position = spaces(line, keyEnd + 1)
      guard position < count, line.byte(at: position) == 0x3A else { return false }
      position = spaces(line, position + 1)
      let key = JSONKeys.path(path, line, keyStart, keyEnd)
      guard value(line, &position, key, keys, depth: depth, &fields) else { return false }
      position = spaces(line, position)
      guard position < count else { return false }
      let byte = line.byte(at: position)
      if byte == 0x7D {
        position += 1
        return true
      }
      guard byte == 0x2C else { return false }
      position = spaces(line, position + 1)
    }
  }

  private static func value(
    _ line: RawSpan, _ position: inout Int, _ path: UInt64, _ keys: JSONKeys, depth: Int, _ fields: inout FieldSet
  ) -> Bool {
    let count = line.byteCount
    guard position < count else { return false }
    let start = position
    switch line.byte(at: position) {
    case 0x22:
      let end = stringEnd(line, start + 1)
      guard end < count else { return false }
      if let field = keys.field(path) { fields.setQuoted(field, start + 1, end) }
      position = end + 1
      return true
    case 0x7B:
      if depth < depthMax, keys.isObjectWanted(path) {
        return object(line, &position, path, keys, depth: depth + 1, &fields)
      }
      return skip(line, &position)
    case 0x5B:
      let first = spaces(line, start + 1)
      if let field = keys.field(path), first < count, line.byte(at: first) == 0x22 {
        let end = stringEnd(line, first + 1)
        if end < count { fields.setQuoted(field, first + 1, end) }
      }
      return skip(line, &position)
    default:
      while position < count, !isEnd(line.byte(at: position)) { position &+= 1 }
      guard position > start else { return false }
      if let field = keys.field(path), !line.has("null", at: start) { fields.set(field, start, position) }
      return true
    }
  }

  /// Skips an object or array by its brackets, however deep.
  private static func skip(_ line: RawSpan, _ position: inout Int) -> Bool {
    let count = line.byteCount
    var depth = 0
    while position < count {
      switch line.byte(at: position) {
      case 0x22:
        position = stringEnd(line, position + 1)
        guard position < count else { return false }
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D:
        depth -= 1
        if depth == 0 {
          position += 1
          return true
        }
      default: break
      }
      position &+= 1
    }
    return false
  }

  /// The place of the quote that ends a string, or the end of the line.
  @inline(__always)
  static func stringEnd(_ line: RawSpan, _ start: Int) -> Int {
    let count = line.byteCount
    var position = start
    while position < count {
      position = ByteScan.first(0x22, or: 0x5C, in: line, from: position, to: count)
      if position >= count { return count }
      if line.byte(at: position) == 0x22 { return position }
      position &+= 2
    }
    return count
  }

  @inline(__always)
  static func spaces(_ line: RawSpan, _ start: Int) -> Int {
    var position = start
    while position < line.byteCount {
      let byte = line.byte(at: position)
      guard byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A else { return position }
      position &+= 1
    }
    return position
  }

  @inline(__always)
  private static func isEnd(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x7D || byte == 0x5D || byte == 0x20 || byte == 0x09
  }
}
