extension FieldSet {
  /// The first byte of a field; nil where it is empty or not set.
  @inline(__always)
  func first(_ field: LogField, _ line: RawSpan) -> UInt8? {
    guard let range = range(field), !range.isEmpty, range.upperBound <= line.byteCount else { return nil }
    return line.byte(at: range.lowerBound)
  }

  /// Whether the field is these bytes and no more.
  @inline(__always)
  func isText(_ field: LogField, _ text: StaticString, _ line: RawSpan) -> Bool {
    guard let range = range(field), range.count == text.utf8CodeUnitCount else { return false }
    return line.has(text, at: range.lowerBound)
  }

  /// Whether the field begins with the text.
  @inline(__always)
  func starts(_ field: LogField, _ text: StaticString, _ line: RawSpan) -> Bool {
    guard let range = range(field), range.count >= text.utf8CodeUnitCount else { return false }
    return line.has(text, at: range.lowerBound)
  }

  /// Whether the field holds three digits, the first of them 1 to 4: a status of a request that did not fail at the
  /// proxy's side.
  @inline(__always)
  func isStatusBelow500(_ line: RawSpan) -> Bool {
    guard let range = range(.status), range.count == 3, range.upperBound <= line.byteCount else { return false }
    let byte = line.byte(at: range.lowerBound)
    return byte >= 0x31 && byte <= 0x34 && line.byte(at: range.lowerBound + 1).isASCIIDigit
      && line.byte(at: range.lowerBound + 2).isASCIIDigit
  }

  /// Whether the field is there and not `-`.
  @inline(__always)
  func hasValue(_ field: LogField, _ line: RawSpan) -> Bool {
    guard let range = range(field), !range.isEmpty else { return false }
    return !(range.count == 1 && line.byte(at: range.lowerBound) == 0x2D)
  }

  /// Takes over the fields of a part of the line that begins at `offset`.
  mutating func add(_ other: borrowing FieldSet, at offset: Int) {
    for field in LogField.allCases {
      guard let range = other.range(field) else { continue }
      if other.quoted & (1 &<< UInt64(field.rawValue)) != 0 {
        setQuoted(field, range.lowerBound + offset, range.upperBound + offset)
      } else {
        set(field, range.lowerBound + offset, range.upperBound + offset)
      }
    }
    if other.isJSON { isJSON = true }
  }
}
