/// Host names and `host:port`.
enum HostText {
  /// An IPv4 address, an IPv6 address in brackets or a name; the result is lower case and without brackets.
  static func host(_ text: String) throws(Mistake) -> String {
    if text.hasPrefix("[") {
      guard text.hasSuffix("]"), let address = IPText.canonicalIPv6(String(text.dropFirst().dropLast())) else {
        throw Mistake("what stands in brackets is not an IPv6 address")
      }
      return address
    }
    if IPText.canonicalIPv6(text) != nil {
      throw Mistake("an IPv6 address stands in brackets", suggestion: "[\(text)]")
    }
    if let address = IPText.canonicalIPv4(text) { return address }
    return try name(text)
  }

  /// A DNS name, lower case, without the final dot: RFC 1123 2.1, and `_`, which internal names have.
  static func name(_ text: String) throws(Mistake) -> String {
    let name = (text.hasSuffix(".") ? String(text.dropLast()) : text).lowercased()
    guard !name.isEmpty else { throw Mistake("it has no host") }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    let isValid = labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
        && label.utf8.allSatisfy { Characters.isAnchor($0) }
    }
    guard isValid, name.utf8.count <= 253 else {
      throw Mistake(
        "its host is neither an address nor a host name (letters, digits and '-', at most 63 between two dots)")
    }
    // A name whose last label is a number would be taken for an address by some resolvers.
    if labels.last?.utf8.allSatisfy(Characters.isDigit) == true { throw Mistake("its host is not an IPv4 address") }
    return name
  }

  static func port(_ text: some StringProtocol, least: UInt16 = 1) throws(Mistake) -> UInt16 {
    guard !text.isEmpty, text.utf8.allSatisfy(Characters.isDigit) else {
      throw Mistake("its port is not a number")
    }
    guard let port = UInt16(text), port >= least else { throw Mistake("its port is not within \(least)...65535") }
    return port
  }

  /// `host:port`, `[v6]:port`; without a port the default one, where there is one.
  static func hostAndPort(
    _ text: String, defaultPort: UInt16?, leastPort: UInt16 = 1
  ) throws(Mistake) -> (host: String, port: UInt16) {
    if IPText.canonicalIPv6(text) != nil {
      throw Mistake("an IPv6 address stands in brackets", suggestion: bracketed(text, needsPort: defaultPort == nil))
    }
    let end = text.hasPrefix("[") ? text.firstIndex(of: "]").map(text.index(after:)) : text.lastIndex(of: ":")
    let split = end ?? text.endIndex
    let rest = text[split...]
    guard !rest.isEmpty else {
      guard let defaultPort else { throw Mistake("it has no port") }
      return (try host(text), defaultPort)
    }
    guard rest.hasPrefix(":") else { throw Mistake("only a port may follow the brackets") }
    return (try host(String(text[..<split])), try port(rest.dropFirst(), least: leastPort))
  }

  /// What was meant by an IPv6 address without brackets: where a port is needed, its last group is taken for one.
  private static func bracketed(_ text: String, needsPort: Bool) -> String {
    guard needsPort else { return "[\(text)]" }
    if let colon = text.lastIndex(of: ":"), IPText.canonicalIPv6(String(text[..<colon])) != nil {
      return "[\(text[..<colon])]\(text[colon...])"
    }
    return "[\(text)]:8080"
  }

  /// A path of a Unix socket: absolute, so that it does not depend on where the gateway was started.
  static func socketPath(_ text: String) throws(Mistake) -> String {
    let path = text.hasPrefix("///") ? String(text.dropFirst(2)) : text
    guard path.hasPrefix("/") else {
      throw Mistake("the path of a Unix socket is absolute", suggestion: path.isEmpty ? nil : "unix:/\(path)")
    }
    guard path.utf8.count <= ConfigurationBounds.unixPathBytes else {
      throw Mistake("the path of a Unix socket has at most \(ConfigurationBounds.unixPathBytes) bytes")
    }
    guard !path.hasSuffix("/") else { throw Mistake("it is a directory, not a socket") }
    return path
  }
}
