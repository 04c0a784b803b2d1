extension LineTemplate {
  /// - Throws: what is wrong with the text, which may be a user's.
  init(parsing text: String) throws(LineTemplateProblem) {
    var parts: [Part] = []
    var literal: [UInt8] = []
    let bytes = Array(text.utf8)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      let isDouble = position + 1 < bytes.count && bytes[position + 1] == byte
      if byte == Self.open || byte == Self.close, isDouble {
        literal.append(byte)
        position += 2
      } else if byte == Self.close {
        throw .closingBrace
      } else if byte != Self.open {
        literal.append(byte)
        position += 1
      } else {
        guard let end = bytes[position...].firstIndex(of: Self.close) else { throw .openBrace }
        let name = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
        if !literal.isEmpty {
          try Self.append(.literal(literal), to: &parts, name: name)
          literal = []
        }
        try Self.append(Self.part(name), to: &parts, name: name)
        position = end + 1
      }
    }
    if !literal.isEmpty { try Self.append(.literal(literal), to: &parts, name: "") }
    if parts.isEmpty { throw .empty }
    self.init(parts: parts)
  }

  private static func append(_ part: Part, to parts: inout [Part], name: String) throws(LineTemplateProblem) {
    if case .rest = parts.last { throw .restNotLast }
    if case .field = parts.last, case .field = part { throw .noLiteralBetween(name) }
    if case .field = parts.last, case .rest = part { throw .noLiteralBetween(name) }
    parts.append(part)
  }

  private static func part(_ text: String) throws(LineTemplateProblem) -> Part {
    if text == "*" { return .rest }
    let mayBeEmpty = text.hasSuffix("?")
    let name = mayBeEmpty ? String(text.dropLast()) : text
    if name == "_" { return .field(nil, mayBeEmpty: mayBeEmpty) }
    guard let field = LogField(name: name) else { throw .unknownField(name) }
    return .field(field, mayBeEmpty: mayBeEmpty)
  }

  private static let open: UInt8 = 0x7B
  private static let close: UInt8 = 0x7D
}

extension LineTemplate: ExpressibleByStringLiteral {
  /// For the project's own templates. One that is wrong has no parts and matches nothing; a test looks at them all.
  init(stringLiteral text: String) {
    if let template = try? LineTemplate(parsing: text) {
      self = template
    } else {
      self.init(parts: [])
    }
  }
}
