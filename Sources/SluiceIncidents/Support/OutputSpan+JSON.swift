/// The bytes of a text that one byte may become in JSON: `\u00ff`.
package let jsonExpansionMax = 6

extension OutputSpan where Element == UInt8 {
  /// The inside of a JSON string (RFC 8259 section 7).
  ///
  /// UTF-8 passes. A control character (C1 too: a terminal may act on it) and a byte that is no part of UTF-8 become
  /// `\u00XX`, so that every line is valid UTF-8 and no byte is lost without a trace.
  ///
  /// - Parameters:
  ///   - range: offsets into `source`; what lies outside is left out.
  ///   - limit: bytes of the source that are written; where there are more an ellipsis follows.
  package mutating func write(json source: RawSpan, _ range: Range<Int>, limit: Int) {
    let lower = min(max(range.lowerBound, 0), source.byteCount)
    let end = min(max(range.upperBound, lower), source.byteCount)
    let isCut = end - lower > limit
    let upper = isCut ? Self.boundary(of: source, at: lower + limit, from: lower) : end
    var offset = lower
    while offset < upper {
      while offset + 8 <= upper {
        let word = UInt64(littleEndian: source.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
        guard Self.isPlain(word) else { break }
        write(word: word, count: 8)
        offset += 8
      }
      let left = upper - offset
      if left < 8, let word = Self.tail(of: source, at: offset, count: left), Self.isPlain(word) {
        write(word: word, count: left)
        break
      }
      if offset < upper { offset += write(jsonOne: source, at: offset, end: upper) }
    }
    if isCut { write("…") }
  }

  /// The inside of a JSON string, for text of our own.
  package mutating func write(json text: [UInt8], limit: Int = .max) {
    let bytes = text.span.bytes
    write(json: bytes, 0..<bytes.byteCount, limit: limit)
  }

  /// One character; returns the bytes of the source that it took.
  private mutating func write(jsonOne source: RawSpan, at offset: Int, end: Int) -> Int {
    let byte = source.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    switch byte {
    case 0x22, 0x5C:
      write(byte: 0x5C)
      write(byte: byte)
      return 1
    case 0x0A:
      write("\\n")
      return 1
    case 0x0D:
      write("\\r")
      return 1
    case 0x09:
      write("\\t")
      return 1
    case 0x20...0x7E:
      write(byte: byte)
      return 1
    case 0..<0x20, 0x7F:
      write(escaped: byte)
      return 1
    default:
      let length = Self.characterLength(source, at: offset, end: end)
      if length == 0 {
        write(escaped: byte)
        return 1
      }
      if length == 2, byte == 0xC2 {
        let second = source.unsafeLoad(fromByteOffset: offset + 1, as: UInt8.self)
        if second < 0xA0 {
          write(escaped: second)
          return 2
        }
      }
      for index in offset..<offset + length { write(byte: source.unsafeLoad(fromByteOffset: index, as: UInt8.self)) }
      return length
    }
  }

  /// `\u00XX`.
  private mutating func write(escaped byte: UInt8) {
    write("\\u00")
    write(hex: byte >> 4)
    write(hex: byte & 15)
  }

  private mutating func write(hex digit: UInt8) {
    write(byte: digit < 10 ? 0x30 + digit : 0x57 + digit)
  }

  /// Fewer than eight bytes and spaces behind them; nil where the source is too short to take eight at once.
  @inline(__always)
  private static func tail(of source: RawSpan, at offset: Int, count: Int) -> UInt64? {
    let spaces: UInt64 = 0x2020_2020_2020_2020
    guard count > 0 else { return spaces }
    let bits = UInt64(8 * count)
    if offset + 8 <= source.byteCount {
      let word = UInt64(littleEndian: source.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      return word & (1 &<< bits &- 1) | spaces &<< bits
    }
    let start = offset + count - 8
    guard start >= 0 else { return nil }
    let word = UInt64(littleEndian: source.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
    return word &>> (64 &- bits) | spaces &<< bits
  }

  /// Whether all eight bytes are printable ASCII without quote and backslash.
  @inline(__always)
  static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    func hasZero(_ value: UInt64) -> UInt64 { (value &- ones) & ~value & tops }
    let below = (word &- ones &* 0x20) & ~word & tops
    let quote = hasZero(word ^ ones &* 0x22)
    let backslash = hasZero(word ^ ones &* 0x5C)
    let delete = hasZero(word ^ ones &* 0x7F)
    return (word & tops) | below | quote | backslash | delete == 0
  }

  /// The length of the UTF-8 character that begins here, 0 where none does (Unicode 3.9, table 3-7).
  private static func characterLength(_ source: RawSpan, at offset: Int, end: Int) -> Int {
    func byte(_ index: Int) -> UInt8 {
      offset + index < end ? source.unsafeLoad(fromByteOffset: offset + index, as: UInt8.self) : 0
    }
    func continues(_ index: Int) -> Bool { byte(index) & 0xC0 == 0x80 }
    switch byte(0) {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return byte(1) >= 0xA0 && continues(1) && continues(2) ? 3 : 0
    case 0xED: return byte(1) < 0xA0 && continues(1) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return byte(1) >= 0x90 && continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return byte(1) < 0x90 && continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
  }

  /// An offset at or up to three bytes before `cut` that is not inside a UTF-8 character.
  private static func boundary(of source: RawSpan, at cut: Int, from lower: Int) -> Int {
    var offset = cut
    while offset > lower, cut - offset < 3, source.unsafeLoad(fromByteOffset: offset, as: UInt8.self) & 0xC0 == 0x80 {
      offset -= 1
    }
    return offset
  }
}
