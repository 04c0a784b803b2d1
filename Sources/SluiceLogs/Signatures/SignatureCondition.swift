/// One thing that must hold of a line's fields for a signature to match.
public enum SignatureCondition: Equatable, Sendable {
  /// The field holds the text, letter by letter.
  case contains(LogField, String)
  case containsNone(LogField, [String])
  /// At least one of them: systems word the same error differently.
  case containsAny(LogField, [String])
  case starts(LogField, String)
  case `is`(LogField, [String])
  /// The field has no value.
  case missing(LogField)
  case present(LogField)
  /// The letter at a place of the field, from 0, is one of these.
  case letter(LogField, Int, String)
  /// One of the field's parts between commas is this.
  case flag(LogField, String)
  /// The number in the field lies in the range.
  case number(LogField, ClosedRange<Double>)

  public func holds(_ values: FieldValues) -> Bool {
    switch self {
    case .contains(let field, let text): values.withBytes(field) { $0.holds(text) } == true
    case .containsNone(let field, let texts):
      values.withBytes(field) { value in !texts.contains { value.holds($0) } } != false
    case .containsAny(let field, let texts):
      values.withBytes(field) { value in texts.contains { value.holds($0) } } == true
    case .starts(let field, let text): values.withBytes(field) { $0.starts(with: text.utf8) } == true
    case .is(let field, let texts):
      values.withBytes(field) { value in texts.contains { value.elementsEqual($0.utf8) } } == true
    case .missing(let field): !values.has(field)
    case .present(let field): values.has(field)
    case .letter(let field, let place, let letters):
      values.withBytes(field) { place < $0.count && letters.utf8.contains($0[place]) } == true
    case .flag(let field, let flag):
      values.withBytes(field) { value in value.split(separator: 0x2C).contains { $0.elementsEqual(flag.utf8) } } == true
    case .number(let field, let range): values.decimal(field).map(range.contains) == true
    }
  }
}

extension String {
  /// Whether the bytes of `text` stand in it; the same letters written otherwise in Unicode are not looked for.
  func holds(_ text: String) -> Bool {
    var copy = self
    return copy.withUTF8 { $0.holds(text) }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes of `text` stand in it.
  func holds(_ text: String) -> Bool {
    var wanted = text
    return wanted.withUTF8 { needle in
      guard let first = needle.first else { return true }
      var from = 0
      while count - from >= needle.count {
        guard let place = self[from...(count - needle.count)].firstIndex(of: first) else { return false }
        if self[place..<(place + needle.count)].elementsEqual(needle) { return true }
        from = place + 1
      }
      return false
    }
  }
}
