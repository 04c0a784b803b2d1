/// Walks over a line of fields between spaces, some of them in quotes: what templates cannot say where a field is
/// there in some versions only.
struct LineTokens {
  struct Token: Equatable {
    var range: Range<Int>
    /// The quotes are not in the range.
    var isQuoted: Bool
  }

  /// Where the next token is looked for.
  var position: Int

  /// nil at the end of the line, and where a quote is not closed.
  mutating func next(_ line: RawSpan) -> Token? {
    while position < line.byteCount, line.byte(at: position) == 0x20 { position += 1 }
    guard position < line.byteCount else { return nil }
    if line.byte(at: position) == 0x22 {
      let start = position + 1
      let end = JSONLine.stringEnd(line, start)
      guard end < line.byteCount else { return nil }
      position = end + 1
      return Token(range: start..<end, isQuoted: true)
    }
    let start = position
    position = ByteScan.first(0x20, in: line, from: start, to: line.byteCount)
    return Token(range: start..<position, isQuoted: false)
  }

  /// Sets the field to the next token; false where there is none.
  mutating func take(_ field: LogField?, _ line: RawSpan, into fields: inout FieldSet) -> Bool {
    guard let token = next(line) else { return false }
    if let field { Self.set(field, token, &fields) }
    return true
  }

  static func set(_ field: LogField, _ token: Token, _ fields: inout FieldSet) {
    if token.isQuoted {
      fields.setQuoted(field, token.range.lowerBound, token.range.upperBound)
    } else {
      fields.set(field, token.range.lowerBound, token.range.upperBound)
    }
  }
}
