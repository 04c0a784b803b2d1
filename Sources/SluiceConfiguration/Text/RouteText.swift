internal import SluiceCore

/// The parts of a route's condition and action that are texts.
enum RouteText {
  /// `api.example.com`, `*.example.com`, an address.
  static func hostPattern(_ text: String) throws(Mistake) -> HostPattern {
    if text == "*" { throw Mistake("leave 'host' out for every host") }
    if let separator = text.firstRange(of: "://") {
      throw Mistake("a host has no scheme", suggestion: String(text[separator.upperBound...].prefix { $0 != "/" }))
    }
    if text.contains("/") {
      throw Mistake("a host has no path; use 'path'", suggestion: String(text.prefix { $0 != "/" }))
    }
    if text.hasPrefix("*.") {
      let suffix = try HostText.name(String(text.dropFirst(2)))
      return .wildcard(".\(suffix)")
    }
    if text.contains("*") { throw Mistake("only a whole first label can be '*', as in *.example.com") }
    if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]"), IPText.canonicalIPv6(text) == nil {
      throw Mistake("a host is matched without its port", suggestion: String(text[..<colon]))
    }
    let host = try HostText.host(text)
    // Requests name IPv6 addresses in brackets.
    return .exact(host.contains(":") ? "[\(host)]" : host)
  }

  /// A prefix of whole segments in the form in which requests are matched: no dot segments, unreserved characters not
  /// encoded (RFC 3986 6.2.2), no final slash.
  static func pathPrefix(_ text: String) throws(Mistake) -> String {
    if let separator = text.firstRange(of: "://") {
      let path = text[separator.upperBound...].drop { $0 != "/" }
      throw Mistake("a path has no scheme and host", suggestion: path.isEmpty ? nil : String(path))
    }
    guard text.hasPrefix("/") else { throw Mistake("a path begins with '/'", suggestion: "/\(text)") }
    if let index = text.firstIndex(where: { $0 == "?" || $0 == "#" }) {
      throw Mistake("a path has no query and no fragment; use 'query'", suggestion: String(text[..<index]))
    }
    if text.contains("*") {
      let prefix = text.prefix { $0 != "*" }
      throw Mistake(
        "a path is a prefix and has no '*'", suggestion: prefix.count > 1 ? String(prefix.dropLast()) : String(prefix))
    }
    let segments = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    if segments.contains(where: { $0 == "." || $0 == ".." }) {
      throw Mistake("it never matches: '.' and '..' are removed from a request's path before it is matched")
    }
    if segments.dropLast().contains("") { throw Mistake("it has an empty segment ('//')") }
    try checkCharacters(of: text)
    return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  private static func checkCharacters(of text: String) throws(Mistake) {
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "%") {
        let hex = bytes[(index + 1)...].prefix(2)
        guard hex.count == 2, hex.allSatisfy(Characters.isHexDigit),
          let code = UInt8(String(decoding: hex, as: UTF8.self), radix: 16)
        else {
          throw Mistake("'%' is followed by two hexadecimal digits")
        }
        if Characters.isAlphanumeric(code) || "-._~".utf8.contains(code) {
          throw Mistake(
            "it never matches: '%' forms of letters, digits and '-._~' are decoded before a path is matched")
        }
      } else if byte <= 0x20 || byte >= 0x7F || "\"<>\\^`{|}".utf8.contains(byte) {
        throw Mistake(
          "it has a character that a request's path cannot have; write it as '%' and two hexadecimal digits")
      }
    }
  }

  /// `keep`, `upstream` or the value itself.
  static func hostRewrite(_ text: String) throws(Mistake) -> HostRewrite {
    switch text {
    case "keep": return .keep
    case "upstream": return .upstream
    default:
      let (host, port) = try HostText.hostAndPort(text, defaultPort: 0)
      let written = host.contains(":") ? "[\(host)]" : host
      return .value(port == 0 ? written : "\(written):\(port)")
    }
  }

  /// An absolute URL or path in which `${host}`, `${path}` and `${query}` stand for the request's.
  static func location(_ text: String) throws(Mistake) -> String {
    let isAbsolute = ["http://", "https://", "/", "${path}"].contains { text.hasPrefix($0) }
    guard isAbsolute else {
      throw Mistake("it begins with https://, http:// or /", suggestion: text.isEmpty ? nil : "https://\(text)")
    }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Mistake("it has a character that a URL cannot have")
    }
    guard text.utf8.count <= 8192 else { throw Mistake("it has at most 8192 bytes") }
    return text
  }

  static let locationVariables: Set<String> = ["host", "path", "query"]

  /// `clientAddress`, `path`, `header:NAME` or `cookie:NAME`.
  static func hashKey(_ text: String) throws(Mistake) -> BalancePolicy.HashKey {
    if text == "clientAddress" { return .clientAddress }
    if text == "path" { return .path }
    if text.hasPrefix("header:") {
      do {
        return .header(try FieldText.name(String(text.dropFirst(7))))
      } catch {
        throw Mistake("what follows 'header:' \(error.what)", suggestion: error.suggestion.map { "header:\($0)" })
      }
    }
    if text.hasPrefix("cookie:") { return .cookie(try FieldText.cookieName(String(text.dropFirst(7)))) }
    throw Mistake("", suggestion: Spelling.nearest(to: text, in: ["clientAddress", "path"]))
  }
}
