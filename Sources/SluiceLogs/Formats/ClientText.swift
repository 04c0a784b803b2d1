/// The address of a client without its port.
enum ClientText {
  /// Where a port always follows the address, even one of IPv6 without brackets: `127.0.0.1:55744`, `[::1]:80`,
  /// `::1:443`, `unix:1`.
  static func withoutPort(_ text: String?) -> String? {
    guard var whole = text else { return nil }
    return whole.withUTF8 { bytes -> String? in
      guard let colon = bytes.lastIndex(of: 0x3A), colon > 0 else { return nil }
      let port = bytes[(colon + 1)...]
      let end = !port.isEmpty && port.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) ? colon : bytes.count
      let isBracketed = end > 1 && bytes[0] == 0x5B && bytes[end - 1] == 0x5D
      return String(decoding: isBracketed ? bytes[1..<(end - 1)] : bytes[..<end], as: UTF8.self)
    } ?? text
  }

  /// Where a port may follow, and then in brackets behind an address of IPv6: `10.0.0.1`, `10.0.0.1:80`, `::1`,
  /// `[::1]:80`.
  static func withoutOptionalPort(_ text: String) -> String {
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      return String(text[text.index(after: text.startIndex)..<end])
    }
    guard let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") else { return text }
    return String(text[..<colon])
  }

  /// The first of a list of addresses, as behind other proxies.
  static func first(_ text: String?) -> String? {
    guard let text else { return nil }
    let first = text.utf8.prefix { $0 != 0x2C && $0 != 0x20 }
    return first.isEmpty ? nil : String(Substring(first))
  }
}
