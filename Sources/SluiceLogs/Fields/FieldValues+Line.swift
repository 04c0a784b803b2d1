extension FieldValues {
  /// The fields as texts, without the escapes of their format.
  ///
  /// - Parameter unread: A bit for each field that is left out.
  init(_ fields: borrowing FieldSet, of line: RawSpan, without unread: UInt64 = 0) {
    self.init()
    var left = fields.present & ~unread
    reserve(left.nonzeroBitCount + 4)
    while left != 0 {
      let bit = left.trailingZeroBitCount
      left &= left - 1
      guard let field = LogField(rawValue: UInt8(bit)), let range = fields.range(field),
        range.upperBound <= line.byteCount
      else { continue }
      let isQuoted = fields.quoted & (1 &<< UInt64(field.rawValue)) != 0
      let escape: UInt8 = 0x5C
      if isQuoted, ByteScan.first(escape, in: line, from: range.lowerBound, to: range.upperBound) < range.upperBound {
        self[field] = fields.isJSON ? FieldText.json(line, range) : FieldText.quoted(line, range)
      } else {
        self[field] = line.text(range)
      }
    }
  }
}
