/// The address of a client without its port: `127.0.0.1:55744`, `[::1]:80`, `::1:443`, `unix:1`.
enum ClientText {
  /// Where a port always follows the address, even one of IPv6 without brackets.
  static func withoutPort(_ text: String?) -> String? {
    guard let text, let colon = text.utf8.lastIndex(of: 0x3A), colon > text.startIndex else { return text }
    let port = text.utf8[text.utf8.index(after: colon)...]
    guard !port.isEmpty, port.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return withoutBrackets(text[...]) }
    return withoutBrackets(text[..<colon])
  }

  /// The first of a list of addresses, as behind other proxies.
  static func first(_ text: String?) -> String? {
    guard let text else { return nil }
    let first = text.utf8.prefix { $0 != 0x2C && $0 != 0x20 }
    return first.isEmpty ? nil : String(Substring(first))
  }

  private static func withoutBrackets(_ text: Substring) -> String {
    guard text.utf8.first == 0x5B, text.utf8.last == 0x5D else { return String(text) }
    return String(text.dropFirst().dropLast())
  }
}
