/// The address of a listener.
enum ListenText {
  /// `host:port`, `[v6]:port` or `unix:/path`. Port 0 is allowed.
  static func parse(_ text: String) throws(Mistake) -> ListenAddress {
    if text.hasPrefix("unix:") { return .unix(path: try HostText.socketPath(String(text.dropFirst(5)))) }
    if text.hasPrefix("/") { throw Mistake("", suggestion: "unix:\(text)") }
    for scheme in ["http://", "https://", "tcp://"] where text.hasPrefix(scheme) {
      throw Mistake("an address to listen on has no scheme", suggestion: String(text.dropFirst(scheme.count)))
    }
    if text.utf8.allSatisfy(Characters.isDigit), !text.isEmpty { throw Mistake("", suggestion: "127.0.0.1:\(text)") }
    if text.hasPrefix(":") && !text.hasPrefix("::") || text.hasPrefix("*:") {
      let port = text.drop { $0 == "*" || $0 == ":" }
      throw Mistake("write '0.0.0.0' or '[::]' for every address", suggestion: "0.0.0.0:\(port)")
    }
    let (host, port) = try HostText.hostAndPort(text, defaultPort: nil, leastPort: 0)
    return .tcp(host: host, port: port)
  }
}
