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

  /// Decimal digits, at most 20.
  package mutating func write(decimal value: UInt64) {
    guard value >= 10 else { return write(byte: 0x30 + UInt8(truncatingIfNeeded: value)) }
    var digits = InlineArray<20, UInt8>(repeating: 0x30)
    var index = 20
    var rest = value
    while rest > 0, index > 0 {
      index -= 1
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      digits[index] = 0x30 + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
    while index < 20 {
      write(byte: digits[index])
      index += 1
    }
  }

  /// A number with leading zeros.
  package mutating func write(decimal value: Int, digits: Int) {
    var divisor = 1
    for _ in 1..<max(digits, 1) { divisor *= 10 }
    while divisor > 0 {
      write(byte: 0x30 + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }

  /// Microseconds as milliseconds with three decimals; a negative count as 0.
  package mutating func write(milliseconds microseconds: Int64) {
    let count = UInt64(max(microseconds, 0))
    write(decimal: count / 1000)
    write(byte: 0x2E)
    write(decimal: Int(count % 1000), digits: 3)
  }

  package mutating func write(_ id: ExchangeID) {
    let text = id.text
    for index in text.indices { write(byte: text[index]) }
  }

  /// `127.0.0.1:80`, `[::1]:80`, `unix`.
  package mutating func write(_ address: EndpointAddress) {
    guard address.family == .v4 else {
      var text: [UInt8] = []
      address.append(to: &text)
      return write(text)
    }
    for index in 0..<4 {
      if index > 0 { write(byte: 0x2E) }
      write(decimal: UInt64(address.octet(index)))
    }
    guard address.port != 0 else { return }
    write(byte: 0x3A)
    write(decimal: UInt64(address.port))
  }
}
