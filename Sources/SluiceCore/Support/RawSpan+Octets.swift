extension RawSpan {
  /// The byte at an offset. Bounds are checked: an offset outside traps.
  @inline(__always)
  func octet(_ offset: Int) -> UInt8 { unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

  /// Whether the bytes are the same as those of `other`.
  func isEqual(to other: [UInt8]) -> Bool {
    guard byteCount == other.count else { return false }
    for offset in other.indices where octet(offset) != other[offset] { return false }
    return true
  }

  /// The bytes as an array, for what is kept.
  var octets: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount)
    for offset in 0..<byteCount { bytes.append(octet(offset)) }
    return bytes
  }
}

extension UInt8 {
  /// ASCII letters in lower case, all else as it is.
  @inline(__always)
  var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  /// 0 to 15 for a hexadecimal digit.
  var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}

extension RawSpan {
  /// The first offset at or behind `start` that holds a byte.
  func firstOffset(of byte: UInt8, from start: Int) -> Int? {
    var offset = start
    while offset < byteCount {
      if octet(offset) == byte { return offset }
      offset += 1
    }
    return nil
  }

  /// Without spaces and tabs at both ends (OWS of RFC 9110 section 5.6.3).
  var trimmed: Range<Int> {
    var lower = 0
    var upper = byteCount
    while lower < upper, octet(lower) == 0x20 || octet(lower) == 0x09 { lower += 1 }
    while upper > lower, octet(upper - 1) == 0x20 || octet(upper - 1) == 0x09 { upper -= 1 }
    return lower..<upper
  }
}
