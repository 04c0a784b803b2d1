/// What a person typed, cut into the endpoint and what is asked of it.
struct URLParts: Equatable {
  /// Bytes of what is typed at most.
  static let lengthMax = 8 << 10

  /// As configurations have it: `http://host:port`, without a path, or `unix:/path`.
  var endpoint: String
  /// Path and query; at least `/`.
  var path: String

  init(_ text: String) throws(ProbeTargetError) {
    guard !text.isEmpty else {
      throw ProbeTargetError(what: "it is empty", suggestion: "http://127.0.0.1:3000")
    }
    guard text.utf8.count <= Self.lengthMax else { throw ProbeTargetError(what: "it is longer than 8 KiB") }
    if text.hasPrefix("unix:") {
      self.init(endpoint: text, path: "/")
    } else if let separator = text.firstRange(of: "://") {
      try self.init(scheme: text[..<separator.lowerBound], rest: text[separator.upperBound...])
    } else {
      try self.init(bare: text)
    }
  }

  private init(endpoint: String, path: String) {
    self.endpoint = endpoint
    self.path = path
  }

  private init(scheme: Substring, rest: Substring) throws(ProbeTargetError) {
    let name = scheme.lowercased()
    switch name {
    case "http", "https": break
    case "ws", "tcp": throw Self.wrongScheme("http://\(rest)")
    case "wss", "tls": throw Self.wrongScheme("https://\(rest)")
    default: throw Self.wrongScheme(nil)
    }
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    let authority = rest[..<end]
    if let at = authority.lastIndex(of: "@") {
      throw ProbeTargetError(
        what: "a user and password are not used", suggestion: "\(name)://\(rest[authority.index(after: at)...])")
    }
    var path = String(rest[end...].prefix { $0 != "#" })
    if !path.hasPrefix("/") { path = "/" + path }
    guard path.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw ProbeTargetError(
        what: "its path has spaces or characters that are not ASCII", suggestion: "\(name)://\(authority)\(coded(path))"
      )
    }
    self.init(endpoint: "\(name)://\(authority)", path: path)
  }

  /// `host:port`, with or without a path.
  private init(bare text: String) throws(ProbeTargetError) {
    if text.hasPrefix("/") {
      throw ProbeTargetError(what: "a path alone names no endpoint", suggestion: "unix:\(text)")
    }
    if text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
      throw ProbeTargetError(what: "a port alone names no endpoint", suggestion: "http://127.0.0.1:\(text)")
    }
    if text.hasPrefix(":"), !text.hasPrefix("::") {
      throw ProbeTargetError(what: "it has no host", suggestion: "http://127.0.0.1\(text)")
    }
    let authority = text.prefix { !"/?#".contains($0) }
    let port = authority.lastIndex(of: ":").map { authority[authority.index(after: $0)...] } ?? ""
    let isAddress = authority.count { $0 == ":" } > 1 && !authority.contains("]")
    guard !port.isEmpty, port.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), !isAddress else {
      let host = isAddress ? "[\(authority)]" : String(authority)
      throw ProbeTargetError(
        what: "it has neither a scheme nor a port", suggestion: "http://\(host)\(text[authority.endIndex...])")
    }
    try self.init(scheme: "http", rest: text[...])
  }

  private static func wrongScheme(_ suggestion: String?) -> ProbeTargetError {
    ProbeTargetError(
      what: suggestion == nil ? "its scheme is not http, https or unix:/path" : "its scheme is not http or https",
      suggestion: suggestion)
  }
}

/// Percent-encoded where a path may not have the byte (RFC 3986 section 2.1).
private func coded(_ path: String) -> String {
  let digits = Array("0123456789ABCDEF")
  return path.utf8.reduce(into: "") { result, byte in
    if 0x21...0x7E ~= byte {
      result.unicodeScalars.append(Unicode.Scalar(byte))
    } else {
      result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
  }
}
