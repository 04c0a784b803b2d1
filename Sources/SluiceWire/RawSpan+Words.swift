/// Reading spans eight bytes at a time.
///
/// `unsafeLoadUnaligned(fromByteOffset:as:)` is bounds-checked in spite of its name; what it asks of its caller is that
/// any bit pattern is a valid value, which holds for integers. A search looks at a word as eight bytes at once: the
/// lowest set bit 7 of a mask is exact, while higher ones may be carried over from it, so only the lowest is ever used.
extension RawSpan {
  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    unsafeLoadUnaligned(fromByteOffset: offset, as: UInt8.self)
  }

  /// Eight bytes, the first in the lowest place; zeros where the span has ended.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    if offset <= byteCount &- 8 {
      return UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    return lastWord(at: offset)
  }

  /// As `word(at:)`, near the end of the span.
  @inline(never)
  private func lastWord(at offset: Int) -> UInt64 {
    guard offset < byteCount else { return 0 }
    if byteCount >= 8 {
      let word = UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: byteCount - 8, as: UInt64.self))
      return word >> (UInt64(offset + 8 - byteCount) * 8)
    }
    var word: UInt64 = 0
    for index in offset..<byteCount {
      word |= UInt64(byte(at: index)) << (UInt64(index - offset) * 8)
    }
    return word
  }

  /// The first place of a byte in `from..<to`, or `to`. For places that are likely near.
  @inline(__always)
  func firstIndex(of byte: UInt8, from: Int, to: Int) -> Int {
    let pattern = Bytes.each(byte)
    var position = from
    while position < to {
      let hits = Bytes.zeros(word(at: position) ^ pattern)
      if hits != 0 {
        return min(position &+ Bytes.index(hits), to)
      }
      position &+= 8
    }
    return to
  }

  /// As `firstIndex(of:from:to:)`, for places that are likely some way off.
  @inline(__always)
  func firstDistantIndex(of byte: UInt8, from: Int, to: Int) -> Int {
    let pattern = SIMD16<UInt8>(repeating: byte)
    let last = min(to, byteCount) &- 16
    var position = from
    while position <= last {
      let block = unsafeLoadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
      if let index = Bytes.index(block .== pattern) { return position &+ index }
      position &+= 16
    }
    return firstIndex(of: byte, from: position, to: to)
  }

  /// The first control character, tab excepted, in `from..<to`, or `to`. Bytes from 0x80 on are none.
  @inline(__always)
  func firstControl(from: Int, to: Int) -> Int {
    let last = min(to, byteCount) &- 16
    var position = from
    while position <= last {
      let block = unsafeLoadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
      let hits = (block .< SIMD16<UInt8>(repeating: 0x20)) .| (block .== SIMD16<UInt8>(repeating: 0x7f))
      guard let index = Bytes.index(hits) else {
        position &+= 16
        continue
      }
      position &+= index
      guard byte(at: position) == 0x09 else { return position }
      position &+= 1
    }
    while position < to {
      let word = word(at: position)
      let hits = Bytes.below(word, 0x20) | Bytes.zeros(word ^ Bytes.each(0x7f))
      if hits != 0 {
        position &+= Bytes.index(hits)
        guard position < to, byte(at: position) == 0x09 else { return min(position, to) }
        position &+= 1
      } else {
        position &+= 8
      }
    }
    return to
  }

  /// The first byte in `from..<to` that is not a visible ASCII character, or `to`.
  @inline(__always)
  func firstInvisible(from: Int, to: Int) -> Int {
    var position = from
    while position < to {
      let word = word(at: position)
      let hits = Bytes.below(word, 0x21) | Bytes.zeros(word ^ Bytes.each(0x7f)) | word & Bytes.each(0x80)
      if hits != 0 {
        return min(position &+ Bytes.index(hits), to)
      }
      position &+= 8
    }
    return to
  }

  /// The bytes of `range` are `text`, a text in lower case, whatever the case of their letters.
  func matches(_ range: ByteRange, lowercased text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { expected in
      var offset = Int(range.lowerBound)
      for byte in expected {
        guard ASCII.lowercased(self.byte(at: offset)) == byte else { return false }
        offset += 1
      }
      return true
    }
  }

  /// The bytes at `offset` begin with `text`.
  func starts(with text: StaticString, at offset: Int = 0) -> Bool {
    guard offset >= 0, byteCount - offset >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { expected in
      for (index, byte) in expected.enumerated() where self.byte(at: offset + index) != byte {
        return false
      }
      return true
    }
  }

  /// The range without spaces and tabs at its ends (OWS, RFC 9110 5.6.3).
  @inline(__always)
  func trimmed(_ from: Int, _ to: Int) -> ByteRange {
    var lower = from
    var upper = to
    while lower < upper, ASCII.isBlank(byte(at: lower)) { lower &+= 1 }
    while lower < upper, ASCII.isBlank(byte(at: upper &- 1)) { upper &-= 1 }
    return ByteRange(lower, upper)
  }
}

/// Arithmetic on the eight bytes of a word.
enum Bytes {
  @inline(__always)
  static func each(_ byte: UInt8) -> UInt64 {
    UInt64(byte) &* 0x0101_0101_0101_0101
  }

  /// Bit 7 of each byte that is zero.
  @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 {
    (word &- each(0x01)) & ~word & each(0x80)
  }

  /// Bit 7 of each byte that is below `limit`, which is at most 0x80.
  @inline(__always)
  static func below(_ word: UInt64, _ limit: UInt8) -> UInt64 {
    (word &- each(limit)) & ~word & each(0x80)
  }

  /// The index of the first lane that is set.
  @inline(__always)
  static func index(_ mask: SIMDMask<SIMD16<Int8>>) -> Int? {
    // A lane of a mask is all ones or all zeros, so the two halves are words in which a byte is 0xff or 0.
    let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    let low = UInt64(littleEndian: halves[0])
    let high = UInt64(littleEndian: halves[1])
    guard low | high != 0 else { return nil }
    return low != 0 ? index(low) : index(high) &+ 8
  }

  /// The index of the lowest byte that has a bit set.
  @inline(__always)
  static func index(_ hits: UInt64) -> Int {
    hits.trailingZeroBitCount / 8
  }
}
