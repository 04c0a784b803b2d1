/// Apache httpd's `LogFormat`: `%h %l %u %t "%r" %>s %b "%{Referer}i"`.
enum HTTPDFormatString {
  static func parts(_ text: String) throws(FormatStringProblem) -> [FormatStringPart] {
    var parts: [FormatStringPart] = []
    var literal = ""
    var rest = text[...]
    while let next = rest.first {
      rest = rest.dropFirst()
      if next == "\\", let escaped = rest.first {
        // As the configuration quotes it.
        literal += escaped == "t" ? "\t" : escaped == "n" ? "" : String(escaped)
        rest = rest.dropFirst()
      } else if next == "%" {
        if rest.first == "%" {
          literal += "%"
          rest = rest.dropFirst()
          continue
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts += try directive(&rest)
      } else {
        literal.append(next)
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    return parts
  }

  /// `>s`, `!200,304{Referer}i`, `{us}T`.
  private static func directive(_ rest: inout Substring) throws(FormatStringProblem) -> [FormatStringPart] {
    rest = rest.drop { "!<>,0123456789".contains($0) }
    var argument: String?
    if rest.first == "{" {
      guard let end = rest.firstIndex(of: "}") else {
        throw FormatStringProblem(sentence: "a brace behind '%' is not closed", suggestion: nil)
      }
      argument = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[end...].dropFirst()
    }
    if rest.first == "^" { rest = rest.dropFirst() }
    guard let letter = rest.first else {
      throw FormatStringProblem(sentence: "a '%' has no letter behind it", suggestion: nil)
    }
    rest = rest.dropFirst()
    if letter == "t", argument == nil { return [.literal("["), .field(.time, .commonLog), .literal("]")] }
    return [part(letter, argument)]
  }

  private static func part(_ letter: Character, _ argument: String?) -> FormatStringPart {
    switch (letter, argument?.lowercased()) {
    case ("h", _), ("a", nil): .field(.client)
    case ("t", _): .field(.time, .any)
    case ("r", _): .field(.request)
    case ("s", _): .field(.status)
    case ("b", _), ("B", _), ("O", _): .field(.bytes)
    case ("I", _): .field(.requestBytes)
    case ("D", _), ("T", "us"): .field(.totalTime)
    case ("v", _), ("V", _): .field(.route)
    case ("m", _): .field(.method)
    case ("U", _): .field(.path)
    case ("H", _): .field(.version)
    case ("P", nil): .field(.process)
    case ("L", _), ("e", "unique_id"), ("i", "x-request-id"): .field(.requestID)
    case ("i", "referer"): .field(.referrer)
    case ("i", "user-agent"): .field(.userAgent)
    case ("i", "host"): .field(.host)
    case ("e", "balancer_worker_name"): .field(.endpoint)
    default: .skipped
    }
  }
}
