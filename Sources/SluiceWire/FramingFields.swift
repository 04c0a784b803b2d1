/// How long the content is, as the fields of a head say (RFC 9112 6).
///
/// A request in which two readers could find different ends is refused. In a response the same length given several
/// times is folded into one, as RFC 9110 8.6 lets a recipient do; everything else is an error there too.
struct FramingFields {
  private(set) var length: UInt64?
  private(set) var isChunked = false
  private let role: MessageRole
  private var hasUnknownCoding = false
  private var codingField = ByteRange.empty

  init(role: MessageRole) {
    self.role = role
  }

  /// Reads `Content-Length` and `Transfer-Encoding`, and marks the lines that a repair changes.
  mutating func read(
    _ bytes: RawSpan, _ seen: KnownFieldSet, version: HTTPVersion, _ fields: inout [Field]
  ) throws(WireFault) {
    for index in fields.indices {
      switch fields[index].known {
      case .contentLength: try readLength(bytes, &fields[index])
      case .transferEncoding:
        guard version != .http10 else { throw fault(.transferEncodingInHTTP10, fields[index]) }
        guard !seen.contains(.contentLength) else { throw fault(.contentLengthWithTransferEncoding, fields[index]) }
        try readCodings(bytes, fields[index])
      default: break
      }
    }
    guard seen.contains(.transferEncoding) else { return }
    if hasUnknownCoding {
      throw WireFault(.transferCodingUnknown, at: Int(codingField.lowerBound), field: codingField)
    }
  }

  private func fault(_ rule: WireRule, _ field: Field) -> WireFault {
    WireFault(rule, at: Int(field.line.lowerBound), field: field.name)
  }

  private mutating func readLength(_ bytes: RawSpan, _ field: inout Field) throws(WireFault) {
    if length == nil, let value = FramingFields.plainNumber(bytes, field.value) {
      length = value
      return
    }
    let hadLength = length != nil
    var first = ByteRange.empty
    var count = 0
    var elements = ListElements(field.value)
    while let element = elements.next(bytes) {
      let value = try FramingFields.number(bytes, element, field)
      if let length, length != value { throw fault(.contentLengthConflict, field) }
      length = value
      if count == 0 { first = element }
      count += 1
    }
    guard count > 1 || hadLength else { return }
    guard role == .response else { throw fault(.contentLengthRepeated, field) }
    field.value = first
    field.flags.formUnion(hadLength ? .dropped : .needsRewrite)
  }

  /// What nearly every length is: one number, with so few digits that it fits. Nil where it takes a closer look.
  private static func plainNumber(_ bytes: RawSpan, _ digits: ByteRange) -> UInt64? {
    guard 1...18 ~= digits.count else { return nil }
    var value: UInt64 = 0
    for offset in digits.offsets {
      let digit = bytes.byte(at: offset) &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt64(digit)
    }
    return value
  }

  /// 1*DIGIT, up to what fits 63 bits: a length beyond that is no length but an attempt to wrap a counter.
  private static func number(_ bytes: RawSpan, _ digits: ByteRange, _ field: Field) throws(WireFault) -> UInt64 {
    func fault(_ rule: WireRule) -> WireFault { WireFault(rule, at: Int(field.line.lowerBound), field: field.name) }
    guard !digits.isEmpty else { throw fault(.contentLengthSyntax) }
    var value: UInt64 = 0
    var overflows = false
    for offset in digits.offsets {
      let digit = bytes.byte(at: offset) &- 0x30
      guard digit < 10 else { throw fault(.contentLengthSyntax) }
      guard value <= (UInt64(Int64.max) &- UInt64(digit)) / 10 else {
        overflows = true
        continue
      }
      value = value &* 10 &+ UInt64(digit)
    }
    guard !overflows else { throw fault(.contentLengthOverflow) }
    return value
  }

  private mutating func readCodings(_ bytes: RawSpan, _ field: Field) throws(WireFault) {
    codingField = field.name
    var elements = ListElements(field.value)
    while let element = elements.next(bytes) {
      var end = Int(element.lowerBound)
      while end < Int(element.upperBound), ASCII.isToken(bytes.byte(at: end)) { end += 1 }
      let name = ByteRange(Int(element.lowerBound), end)
      let parameters = bytes.trimmed(end, Int(element.upperBound))
      let isKnown = bytes.matches(name, lowercased: "chunked")
      guard !name.isEmpty,
        parameters.isEmpty || !isKnown && bytes.byte(at: Int(parameters.lowerBound)) == ASCII.semicolon
      else {
        throw fault(.transferCodingSyntax, field)
      }
      if isKnown, isChunked { throw fault(.chunkedRepeated, field) }
      if isChunked { throw fault(.chunkedNotFinal, field) }
      isChunked = isKnown
      hasUnknownCoding = hasUnknownCoding || !isKnown
    }
  }
}
