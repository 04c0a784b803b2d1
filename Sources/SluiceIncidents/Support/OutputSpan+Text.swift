package import SluiceCore

/// Text written straight into an array's free part.
///
/// Every function stays within the capacity: where too little is left nothing is written and debug builds trap. The
/// caller reserves for the worst case, so a line that is cut here is our mistake, and must not end the process.
extension OutputSpan where Element == UInt8 {
  /// The bytes of a literal.
  @inline(__always)
  package mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { copy($0) }
  }

  /// Bytes as they are.
  @inline(__always)
  package mutating func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { copy($0) }
  }

  /// Bytes as they are.
  @inline(__always)
  package mutating func write(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { copy($0) }
  }

  /// A part of the bytes as they are.
  @inline(__always)
  package mutating func write(_ bytes: [UInt8], _ range: Range<Int>) {
    let part = bytes.span.extracting(range)
    write(part)
  }

  @inline(__always)
  package mutating func write(byte: UInt8) {
    guard freeCapacity > 0 else { return assertionFailure("no room left in a line") }
    append(byte)
  }

  @inline(__always)
  private mutating func copy(_ source: UnsafeBufferPointer<UInt8>) {
    guard let from = source.baseAddress, !source.isEmpty else { return }
    guard source.count <= freeCapacity else { return assertionFailure("no room left in a line") }
    withUnsafeMutableBufferPointer { buffer, count in
      guard let to = buffer.baseAddress else { return }
      (to + count).initialize(from: from, count: source.count)
      count += source.count
    }
  }

  /// The first bytes of a word, the lowest one first: one store where the word fits, of which the next bytes overwrite
  /// what is too much.
  ///
  /// - Parameter count: at most eight.
  @inline(__always)
  package mutating func write(word: UInt64, count: Int) {
    guard freeCapacity >= 8 else { return write(singly: word, count) }
    withUnsafeMutableBufferPointer { buffer, filled in
      guard let base = buffer.baseAddress else { return }
      UnsafeMutableRawPointer(base + filled).storeBytes(of: word.littleEndian, as: UInt64.self)
      filled += min(count, 8)
    }
  }

  private mutating func write(singly word: UInt64, _ count: Int) {
    for index in 0..<count { write(byte: UInt8(truncatingIfNeeded: word >> UInt64(8 * index))) }
  }

  /// Decimal digits, at most 20.
  package mutating func write(decimal value: UInt64) {
    guard value >= 10 else { return write(byte: 0x30 + UInt8(truncatingIfNeeded: value)) }
    guard value < DecimalDigits.eightEnd else {
      let (upper, lower) = value.quotientAndRemainder(dividingBy: DecimalDigits.eightEnd)
      write(decimal: upper)
      return write(word: DecimalDigits.eight(lower) | DecimalDigits.zeros, count: 8)
    }
    let digits = DecimalDigits.eight(value)
    let leadingZeros = digits.trailingZeroBitCount / 8
    write(word: (digits | DecimalDigits.zeros) &>> UInt64(8 * leadingZeros), count: 8 - leadingZeros)
  }

  /// Microseconds as milliseconds with three decimals; a negative count as 0.
  package mutating func write(milliseconds microseconds: Int64) {
    let (whole, thousandths) = UInt64(max(microseconds, 0)).quotientAndRemainder(dividingBy: 1000)
    let fraction = 0x2E | (DecimalDigits.three(thousandths) | 0x30_3030) &<< 8
    if whole < 10 { return write(word: 0x30 + whole | fraction &<< 8, count: 5) }
    write(decimal: whole)
    write(word: fraction, count: 4)
  }

  package mutating func write(_ id: ExchangeID) {
    let text = id.text
    write(text.span)
  }

  /// `127.0.0.1:80`, `[::1]:80`, `unix`.
  package mutating func write(_ address: EndpointAddress) {
    guard address.family == .v4 else {
      var text: [UInt8] = []
      address.append(to: &text)
      return write(text)
    }
    write(octet: address.octet(0), then: 0x2E)
    write(octet: address.octet(1), then: 0x2E)
    write(octet: address.octet(2), then: 0x2E)
    guard address.port != 0 else { return write(decimal: UInt64(address.octet(3))) }
    write(octet: address.octet(3), then: 0x3A)
    write(decimal: UInt64(address.port))
  }

  @inline(__always)
  private mutating func write(octet: UInt8, then separator: UInt64) {
    let digits = DecimalDigits.three(UInt64(octet))
    // The last digit stays, whatever it is.
    let leadingZeros = (digits | 1 &<< 16).trailingZeroBitCount / 8
    write(word: (digits | 0x30_3030 | separator &<< 24) &>> UInt64(8 * leadingZeros), count: 4 - leadingZeros)
  }
}
