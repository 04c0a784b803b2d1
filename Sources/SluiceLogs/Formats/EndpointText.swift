/// What proxies write of where a request went: `http://127.0.0.1:3000/path`, `unix:/run/app.sock:`, `10.0.0.7:80`, a
/// name.
struct EndpointText: Equatable {
  /// `address:port` or `unix:/path`.
  var endpoint: String?
  /// A name without a port: that of a group of endpoints.
  var upstream: String?

  init(_ text: String?) {
    guard var rest = text.map({ Substring($0) }) else { return }
    if let scheme = Self.scheme(of: rest) { rest = rest[scheme...] }
    if rest.utf8.starts(with: "unix:".utf8) {
      endpoint = Self.unix(rest)
      return
    }
    if let slash = rest.utf8.firstIndex(of: 0x2F) { rest = rest[..<slash] }
    guard !rest.isEmpty else { return }
    if Self.hasPort(rest) { endpoint = String(rest) } else { upstream = String(rest) }
  }

  /// The place behind `scheme://`.
  private static func scheme(of text: Substring) -> Substring.Index? {
    guard let colon = text.utf8.firstIndex(of: 0x3A) else { return nil }
    guard text.utf8[colon...].starts(with: "://".utf8) else { return nil }
    return text.utf8.index(colon, offsetBy: 3)
  }

  /// The path ends with a colon where a URI follows.
  private static func unix(_ text: Substring) -> String {
    let path = text.utf8.index(text.startIndex, offsetBy: 5)
    guard let colon = text.utf8[path...].firstIndex(of: 0x3A) else { return String(text) }
    return String(text[..<colon])
  }

  private static func hasPort(_ text: Substring) -> Bool {
    guard let colon = text.utf8.lastIndex(of: 0x3A) else { return false }
    let port = text.utf8[text.utf8.index(after: colon)...]
    return !port.isEmpty && port.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}
