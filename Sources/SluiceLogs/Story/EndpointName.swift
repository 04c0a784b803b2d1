/// Names of endpoints as they can be compared: error lines write a URL where access lines write an address.
enum EndpointName {
  /// Characters of a name at most; longer ones are cut.
  static let lengthMax = 200

  /// `http://10.0.0.5:80/path` becomes `10.0.0.5:80`, `unix:/run/a.sock:/path` becomes `unix:/run/a.sock`.
  static func shortened(_ text: String) -> String {
    if isShort(text) { return text }
    var rest = text[...]
    if let scheme = rest.utf8.firstRange(of: "://".utf8) { rest = rest[scheme.upperBound...] }
    if rest.utf8.starts(with: "unix:".utf8) {
      let path = rest.dropFirst(5)
      return "unix:" + String((path.firstIndex(of: ":").map { path[..<$0] } ?? path).prefix(lengthMax))
    }
    if let slash = rest.firstIndex(of: "/") {
      // A name that HAProxy writes has its upstream before the slash: only a scheme makes a path of it.
      if rest.startIndex != text.startIndex { rest = rest[..<slash] }
    }
    return String(rest.prefix(lengthMax))
  }

  /// Whether nothing is to be taken away, as of most names: no scheme, no socket's path, and not too long.
  private static func isShort(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count <= lengthMax, !bytes.starts(with: "unix:".utf8) else { return false }
      var slashes = 0
      for byte in bytes.reversed() {
        if byte == 0x3A, slashes >= 2 { return false }
        slashes = byte == 0x2F ? slashes + 1 : 0
      }
      return true
    }
  }
}
