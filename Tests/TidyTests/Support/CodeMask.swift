/// Divides a Swift source into code and comments, line for line, without a parser.
///
/// Knows line comments, nested block comments, string literals of all kinds with their interpolations. Regex literals
/// are taken for code, which is good enough for the rules that read it.
struct CodeMask {
  private struct Literal {
    var hashes: Int
    var isMultiline: Bool
    /// Open parentheses of the interpolation that is being read; nil: in the literal's text.
    var interpolation: Int?
  }

  private let source: [UInt8]
  private var position = 0
  private var code: [UInt8] = []
  private var comments: [UInt8] = []
  private var literals: [Literal] = []

  static func apply(to source: [UInt8]) -> (code: [UInt8], comments: [UInt8]) {
    var mask = CodeMask(source)
    mask.run()
    return (mask.code, mask.comments)
  }

  private init(_ source: [UInt8]) {
    self.source = source
    code.reserveCapacity(source.count)
    comments.reserveCapacity(source.count)
  }

  private mutating func run() {
    while position < source.count {
      if let literal = literals.last, literal.interpolation == nil {
        readText(of: literal)
      } else {
        readCode()
      }
    }
  }

  // MARK: Code

  private mutating func readCode() {
    let byte = source[position]
    if byte == UInt8(ascii: "/") {
      if starts(with: "//") { return readLineComment() }
      if starts(with: "/*") { return readBlockComment() }
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "#"), let literal = openingLiteral() {
      literals.append(literal)
      return
    }
    if let depth = literals.last?.interpolation {
      if byte == UInt8(ascii: "(") { literals[literals.count - 1].interpolation = depth + 1 }
      if byte == UInt8(ascii: ")") { literals[literals.count - 1].interpolation = depth == 1 ? nil : depth - 1 }
    }
    take(asCode: true)
  }

  private mutating func readLineComment() {
    while position < source.count, source[position] != 0x0A { take(asComment: true) }
  }

  private mutating func readBlockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        take(asComment: true)
      } else if starts(with: "*/") {
        depth -= 1
        take(asComment: true)
      }
      if position < source.count { take(asComment: true) }
    } while depth > 0 && position < source.count
  }

  // MARK: Literals

  private mutating func openingLiteral() -> Literal? {
    var end = position
    while end < source.count, source[end] == UInt8(ascii: "#") { end += 1 }
    guard end < source.count, source[end] == UInt8(ascii: "\"") else { return nil }
    let hashes = end - position
    let isMultiline = end + 2 < source.count && source[end + 1] == source[end] && source[end + 2] == source[end]
    while position < end + (isMultiline ? 3 : 1) { take(asCode: true) }
    return Literal(hashes: hashes, isMultiline: isMultiline)
  }

  private mutating func readText(of literal: Literal) {
    let byte = source[position]
    guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x0A else { return take() }
    let hashes = String(repeating: "#", count: literal.hashes)
    if starts(with: (literal.isMultiline ? "\"\"\"" : "\"") + hashes) {
      for _ in 0..<(literal.isMultiline ? 3 : 1) + literal.hashes { take(asCode: true) }
      literals.removeLast()
    } else if starts(with: "\\" + hashes + "(") {
      for _ in 0..<2 + literal.hashes { take(asCode: true) }
      literals[literals.count - 1].interpolation = 1
    } else if starts(with: "\\" + hashes) {
      for _ in 0..<min(2 + literal.hashes, source.count - position) { take() }
    } else if !literal.isMultiline, byte == 0x0A {
      // A broken literal does not swallow the rest of the file.
      literals.removeLast()
      take()
    } else {
      take()
    }
  }

  // MARK: Bytes

  private func starts(with text: String) -> Bool {
    let bytes = text.utf8
    return position + bytes.count <= source.count && source[position..<position + bytes.count].elementsEqual(bytes)
  }

  private mutating func take(asCode: Bool = false, asComment: Bool = false) {
    let byte = source[position]
    let blank: UInt8 = byte == 0x0A ? byte : 0x20
    code.append(asCode ? byte : blank)
    comments.append(asComment ? byte : blank)
    position += 1
  }
}
