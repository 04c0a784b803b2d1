extension RawSpan {
  /// Bounds are checked, in spite of the name of the function that is called.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 { unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

  /// Eight bytes, the first in the lowest place.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  func bytes(_ range: Range<Int>) -> [UInt8] { withUnsafeBytes { Array($0[range]) } }

  /// Bytes that are no UTF-8 become the replacement character.
  func text(_ range: Range<Int>) -> String { withUnsafeBytes { String(decoding: $0[range], as: UTF8.self) } }

  /// Whether `text` stands at `offset`.
  func has(_ text: StaticString, at offset: Int) -> Bool {
    guard offset >= 0, byteCount - offset >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { wanted in
      for index in 0..<wanted.count where byte(at: offset + index) != wanted[index] { return false }
      return true
    }
  }
}
