extension LineTemplate {
  /// Sets the ranges of the fields; false where the line is of another form.
  ///
  /// Never looks back: the cost is one pass over the line, whatever it holds.
  func match(_ line: RawSpan, into fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard !parts.isEmpty, count >= leading else { return false }
    for index in 0..<leading where line.byte(at: index) != literals[index] { return false }
    if steps.isEmpty { return count == leading }
    var position = leading
    for step in steps {
      let start = position
      if step.literalCount == 0 {
        guard step.mayBeEmpty || start < count else { return false }
        if let field = step.field { fields.set(field, start, count) }
        return true
      }
      let end = self.end(of: step, in: line, from: start)
      guard end < count, step.mayBeEmpty || end > start else { return false }
      if let field = step.field {
        if step.firstByte == Self.quote { fields.setQuoted(field, start, end) } else { fields.set(field, start, end) }
      }
      position = end + step.literalCount
    }
    return position == count
  }

  /// Where the literal behind a field begins, or the end of the line.
  @inline(__always)
  private func end(of step: TemplateStep, in line: RawSpan, from start: Int) -> Int {
    let count = line.byteCount
    var position = start
    while true {
      position = ByteScan.first(step.firstByte, in: line, from: position, to: count)
      if position &+ step.literalCount > count { return count }
      if isLiteral(step, in: line, at: position), !isEscaped(step, in: line, start: start, at: position),
        !step.isList || !Self.isBetween(line, start, position)
      {
        return position
      }
      position &+= 1
    }
  }

  @inline(__always)
  private func isLiteral(_ step: TemplateStep, in line: RawSpan, at position: Int) -> Bool {
    var index = 1
    while index < step.literalCount {
      if line.byte(at: position &+ index) != literals[step.literal &+ index] { return false }
      index &+= 1
    }
    return true
  }

  /// Whether the place is within `, ` or ` : `, which nginx writes between the elements of a list.
  private static func isBetween(_ line: RawSpan, _ start: Int, _ position: Int) -> Bool {
    guard position > start else { return false }
    switch line.byte(at: position) {
    case 0x20:
      if line.byte(at: position - 1) == 0x2C || line.has(" : ", at: position) { return true }
      return position > start + 1 && line.has(" : ", at: position - 2)
    case 0x2C: return line.letter(position + 1) == 0x20
    case 0x3A: return line.has(" : ", at: position - 1)
    default: return false
    }
  }

  /// Whether an odd number of backslashes stands before the quote.
  @inline(__always)
  private func isEscaped(_ step: TemplateStep, in line: RawSpan, start: Int, at position: Int) -> Bool {
    guard step.firstByte == Self.quote, position > start, line.byte(at: position - 1) == 0x5C else { return false }
    var first = position - 1
    while first > start, line.byte(at: first - 1) == 0x5C { first -= 1 }
    return (position - first) & 1 == 1
  }

  private static let quote: UInt8 = 0x22
}
