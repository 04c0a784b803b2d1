/// A field as its table or block has it: where its parts lie in a line `name: value` with its line end, and what is
/// wrong with it in any message. Found once for each entry of a table, however often it is named.
struct DecodedField: Sendable {
  var nameCount: Int
  var valueCount: Int
  var known = KnownField.unknown
  var pseudo: PseudoFields.Kind?
  /// The first rule that the field breaks by itself.
  var rule: WireRule?

  /// Bytes of the line.
  var lineCount: Int { nameCount + valueCount + 4 }
  /// Where the value begins in the line.
  var valueStart: Int { nameCount + 2 }
  /// As counted by RFC 7541 section 4.1 and RFC 9113 section 10.5.1.
  var size: Int { nameCount + valueCount + HPACKDynamicTable.overhead }

  /// Judges the field whose line is `line`.
  init(_ line: [UInt8], nameCount: Int) {
    self.nameCount = nameCount
    valueCount = line.count - nameCount - 4
    let source = line.span.bytes
    let name = ByteRange(0, nameCount)
    let value = ByteRange(nameCount + 2, line.count - 2)
    if nameCount > 0, source.byte(at: 0) == ASCII.colon {
      pseudo = PseudoFields.Kind(source, name: name)
      rule = Self.ruleOfValue(source, value) ?? (pseudo == nil ? .pseudoFieldUnknown : nil)
      return
    }
    known = KnownField(source, name: name)
    rule = Self.ruleOfValue(source, value) ?? Self.ruleOfName(source, name) ?? ruleOfConnection(source, value)
  }

  /// RFC 9113 section 8.2.1, and what RFC 9110 section 5.5 allows.
  private static func ruleOfValue(_ source: RawSpan, _ value: ByteRange) -> WireRule? {
    guard !value.isEmpty else { return nil }
    let (start, end) = (Int(value.lowerBound), Int(value.upperBound))
    let control = source.firstControl(from: start, to: end)
    if control < end { return FieldSection.controlRule(source, at: control) }
    let isSurrounded = ASCII.isBlank(source.byte(at: start)) || ASCII.isBlank(source.byte(at: end - 1))
    return isSurrounded ? .fieldValueSpace : nil
  }

  private static func ruleOfName(_ source: RawSpan, _ name: ByteRange) -> WireRule? {
    guard !name.isEmpty else { return .fieldNameEmpty }
    for offset in name.offsets {
      let byte = source.byte(at: offset)
      if byte &- 0x41 < 26 { return .fieldNameUppercase }
      guard ASCII.isToken(byte) else { return byte == 0 ? .nul : .fieldNameSyntax }
    }
    return nil
  }

  /// RFC 9113 section 8.2.2.
  private func ruleOfConnection(_ source: RawSpan, _ value: ByteRange) -> WireRule? {
    switch known {
    case .connection, .keepAlive, .proxyConnection, .transferEncoding, .upgrade: .connectionField
    case .te: source.matches(value, lowercased: "trailers") ? nil : .connectionField
    default: nil
    }
  }
}
