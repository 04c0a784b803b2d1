/// The last member of a Proxy-Status field: what the proxy next to the client says (RFC 9209 section 2).
struct ProxyStatusMember: Equatable {
  private(set) var name = ""
  private(set) var parameters: [String: String] = [:]
  /// How many members the field has.
  private(set) var count = 0

  /// Reads a list of items with parameters as far as Proxy-Status needs it; nothing that is no such list is refused.
  init(_ field: String?) {
    let members = Self.split(field ?? "", at: ",")
    count = members.count
    let parts = Self.split(members.last ?? "", at: ";")
    name = Self.bare(parts.first ?? "")
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { parameters[pair[0].trimmingSpace] = Self.bare(pair[1].trimmingSpace) }
    }
  }

  /// Without the quotes of a string.
  private static func bare(_ text: String) -> String {
    guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
    return String(text.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
  }

  /// Split where the separator stands outside of quotes, empty parts dropped.
  private static func split(_ text: String, at separator: Character) -> [String] {
    var parts = [""]
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if character == separator, !isQuoted {
        parts.append("")
        continue
      }
      if isQuoted, character == "\\", !isEscaped {
        isEscaped = true
      } else {
        if character == "\"", !isEscaped { isQuoted.toggle() }
        isEscaped = false
      }
      parts[parts.count - 1].append(character)
    }
    return parts.map(\.trimmingSpace).filter { !$0.isEmpty }
  }
}
