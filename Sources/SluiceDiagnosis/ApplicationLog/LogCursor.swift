/// Reads a line byte by byte; nothing is read beyond its end.
struct LogCursor {
  let bytes: ArraySlice<UInt8>
  var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  init(_ bytes: ArraySlice<UInt8>, at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// nil: the end.
  var next: UInt8? { peek(0) }

  func peek(_ distance: Int) -> UInt8? {
    let index = position + distance
    return index >= bytes.startIndex && index < bytes.endIndex ? bytes[index] : nil
  }

  /// Steps over one byte where it is one of these.
  mutating func take(_ wanted: StaticString) -> UInt8? {
    guard let byte = next, wanted.withUTF8Buffer({ $0.contains(byte) }) else { return nil }
    position += 1
    return byte
  }

  /// A number of so many digits, and no digit behind it.
  mutating func number(digits: ClosedRange<Int>) -> Int? {
    var (value, count) = (0, 0)
    while let byte = peek(count), byte.isDigit {
      guard count < digits.upperBound else { return nil }
      value = value * 10 + Int(byte - 0x30)
      count += 1
    }
    guard count >= digits.lowerBound else { return nil }
    position += count
    return value
  }

  /// Exactly so many digits, whatever stands behind them.
  mutating func fixed(_ digits: Int) -> Int? {
    var value = 0
    for index in 0..<digits {
      guard let byte = peek(index), byte.isDigit else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    position += digits
    return value
  }

  mutating func spaces() { while next == 0x20 { position += 1 } }

  /// Three letters that name a month.
  mutating func month() -> Int? {
    guard bytes.endIndex - position >= 3, let month = LogCalendar.month(bytes[position..<(position + 3)]),
      peek(3)?.isLetter != true
    else { return nil }
    position += 3
    return month
  }
}

extension UInt8 {
  var isDigit: Bool { self &- 0x30 < 10 }
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  var isWordByte: Bool { isDigit || isLetter || self == 0x5F }
  /// ASCII only.
  var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
