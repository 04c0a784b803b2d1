/// HAProxy's `log-format`: `%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %tsc %{+Q}r`.
enum HAProxyFormatString {
  /// `%hr` and `%hs` are left out, with the space beside them, where nothing was captured: how many of them to expect.
  static func captures(in text: String) -> [Int] {
    let words = text.split(separator: " ")
    let count = words.count { $0 == "%hr" || $0 == "%hs" }
    return Array((0...min(count, 2)).reversed())
  }

  static func parts(_ text: String, captures: Int) throws(FormatStringProblem) -> [FormatStringPart] {
    var left = captures
    var words: [Substring] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      if word == "%hr" || word == "%hs" {
        guard left > 0 else { continue }
        left -= 1
      }
      words.append(word)
    }
    var parts: [FormatStringPart] = []
    var literal = ""
    var rest = words.joined(separator: " ")[...]
    while let next = rest.first {
      rest = rest.dropFirst()
      if next == "\\", let escaped = rest.first {
        literal.append(escaped)
        rest = rest.dropFirst()
      } else if next == "%", rest.first != "%" {
        let quoted = try variable(&rest)
        if quoted.isQuoted { literal += "\"" }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = quoted.isQuoted ? "\"" : ""
        parts += quoted.parts
      } else {
        if next == "%" { rest = rest.dropFirst() }
        literal.append(next)
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    return parts
  }

  private static func variable(
    _ rest: inout Substring
  ) throws(FormatStringProblem) -> (parts: [FormatStringPart], isQuoted: Bool) {
    var isQuoted = false
    if rest.first == "{" {
      guard let end = rest.firstIndex(of: "}") else {
        throw FormatStringProblem(sentence: "a brace behind '%' is not closed", suggestion: nil)
      }
      isQuoted = rest[..<end].contains("+Q")
      rest = rest[end...].dropFirst()
    }
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else {
        throw FormatStringProblem(sentence: "a bracket behind '%' is not closed", suggestion: nil)
      }
      let expression = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[end...].dropFirst()
      return ([expressions[String(expression.prefix { $0 != "," })].map { .field($0) } ?? .skipped], isQuoted)
    }
    let name = rest.prefix { $0.isASCII && $0.isLetter }
    guard !name.isEmpty else { throw FormatStringProblem(sentence: "a '%' has no name behind it", suggestion: nil) }
    rest = rest[name.endIndex...]
    switch name {
    case "hr", "hs": return ([.literal("{"), .skipped, .literal("}")], false)
    case "t", "tr", "trl", "trg", "T", "Tl": return ([.field(.time, .commonLog)], isQuoted)
    case "Ts": return ([.field(.time, .epochSeconds)], isQuoted)
    default: return ([names[String(name)].map { .field($0) } ?? .skipped], isQuoted)
    }
  }

  private static let expressions: [String: LogField] = [
    "bc_err": .connectionError, "bc_err_name": .connectionError, "bc_err_str": .connectionErrorText,
    "unique-id": .requestID, "src": .client, "path": .path, "method": .method,
  ]

  private static let names: [String: LogField] = [
    "ci": .client, "ft": .listener, "f": .listener, "b": .upstream, "s": .endpoint, "TR": .requestTime,
    "Tq": .requestTime, "Tw": .queueTime, "Tc": .connectTime, "Tr": .headTime, "Ta": .totalTime, "Tt": .totalTime,
    "ST": .status, "B": .bytes, "U": .requestBytes, "tsc": .terminationState, "ts": .terminationState,
    "rc": .retries, "r": .request, "HM": .method, "HP": .path, "HPO": .path, "HU": .path, "HV": .version,
    "ID": .requestID, "H": .machine, "pid": .process, "sslv": .tlsVersion,
  ]
}
