/// Names of endpoints as they can be compared: error lines write a URL where access lines write an address.
enum EndpointName {
  /// Characters of a name at most; longer ones are cut.
  static let lengthMax = 200

  /// `http://10.0.0.5:80/path` becomes `10.0.0.5:80`, `unix:/run/a.sock:/path` becomes `unix:/run/a.sock`.
  static func shortened(_ text: String) -> String {
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
}
