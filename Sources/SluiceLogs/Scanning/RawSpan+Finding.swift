extension RawSpan {
  /// The byte at a place; 0 where the line has ended.
  @inline(__always)
  func letter(_ offset: Int) -> UInt8 { offset >= 0 && offset < byteCount ? byte(at: offset) : 0 }

  /// Where `text` begins at or behind `from`; nil: nowhere before `to`.
  func place(of text: StaticString, from: Int, to: Int) -> Int? {
    let first = text.withUTF8Buffer { $0.first ?? 0 }
    let count = text.utf8CodeUnitCount
    var position = from
    while position &+ count <= to {
      position = ByteScan.first(first, in: self, from: position, to: to)
      guard position &+ count <= to else { return nil }
      if has(text, at: position) { return position }
      position &+= 1
    }
    return nil
  }

  /// The place of `byte` in `from..<to`; nil: nowhere.
  @inline(__always)
  func place(of byte: UInt8, from: Int, to: Int) -> Int? {
    guard from < to else { return nil }
    let place = ByteScan.first(byte, in: self, from: from, to: to)
    return place < to ? place : nil
  }

  /// The place behind the decimal digits that begin at `from`; `from` where there are none.
  @inline(__always)
  func endOfDigits(_ from: Int) -> Int {
    var position = from
    while position < byteCount, Self.isDigit(byte(at: position)) { position &+= 1 }
    return position
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Whether the bytes of the range are `text`.
  func isText(_ text: StaticString, _ range: Range<Int>) -> Bool {
    range.count == text.utf8CodeUnitCount && has(text, at: range.lowerBound)
  }

  /// The place of the quote that ends a text whose quotes are escaped with a backslash; nil: it does not end.
  @inline(__always)
  func closingQuote(from: Int) -> Int? {
    let end = JSONLine.stringEnd(self, from)
    return end < byteCount ? end : nil
  }
}
