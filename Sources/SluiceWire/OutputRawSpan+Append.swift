extension OutputRawSpan {
  /// Appends all bytes of a span. The capacity is checked; too little of it traps.
  @inlinable
  public mutating func append(contentsOf source: RawSpan) {
    // The standard library has no bulk append for raw spans yet. The copy is of initialized bytes into the free part of
    // the same allocation, and the one check that makes it safe stands before it.
    precondition(source.byteCount <= freeCapacity, "no room left for the bytes")
    withUnsafeMutableBytes { buffer, count in
      source.withUnsafeBytes { bytes in
        guard let from = bytes.baseAddress, let to = buffer.baseAddress else { return }
        (to + count).copyMemory(from: from, byteCount: bytes.count)
        count += bytes.count
      }
    }
  }

  /// Appends the part of a span that a range names.
  @inlinable
  public mutating func appendRange(_ range: ByteRange, of source: RawSpan) {
    append(contentsOf: source.extracting(range.offsets))
  }

  /// Appends the bytes of a literal.
  @inlinable
  public mutating func appendLiteral(_ text: StaticString) {
    precondition(text.utf8CodeUnitCount <= freeCapacity, "no room left for the literal")
    withUnsafeMutableBytes { buffer, count in
      text.withUTF8Buffer { bytes in
        guard let from = bytes.baseAddress, let to = buffer.baseAddress else { return }
        (to + count).copyMemory(from: from, byteCount: bytes.count)
        count += bytes.count
      }
    }
  }

  /// Appends a number in decimal digits: at most 20 bytes.
  public mutating func appendDecimal(_ value: UInt64) {
    var divisor: UInt64 = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(truncatingIfNeeded: value / divisor % 10) + 0x30)
      divisor /= 10
    }
  }

  /// Appends a number in lower-case hexadecimal digits: at most 16 bytes.
  public mutating func appendHex(_ value: UInt64) {
    var shift = value == 0 ? 0 : (63 - value.leadingZeroBitCount) / 4 * 4
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 0xf
      append(digit < 10 ? digit + 0x30 : digit + 0x57)
      shift -= 4
    }
  }
}
