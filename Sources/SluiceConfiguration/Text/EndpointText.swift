/// The URL of an endpoint.
enum EndpointText {
  /// `http://host[:port]` or `unix:/path`.
  static func parse(_ text: String) throws(Mistake) -> EndpointTarget {
    if text.hasPrefix("unix:") { return .unix(path: try HostText.socketPath(String(text.dropFirst(5)))) }
    if text.hasPrefix("/") { throw Mistake("", suggestion: "unix:\(text)") }
    guard let separator = text.firstRange(of: "://") else {
      throw Mistake("it has no scheme", suggestion: text.isEmpty ? nil : "http://\(text)")
    }
    switch text[..<separator.lowerBound].lowercased() {
    case "http": break
    case "https": throw Mistake("https endpoints are not supported yet; use http or unix")
    case "h2c", "grpc", "grpcs", "h2": throw Mistake("HTTP/2 endpoints are not supported yet; use http or unix")
    case "ws", "tcp":
      throw Mistake("the scheme of an endpoint is http or unix", suggestion: "http://\(text[separator.upperBound...])")
    case "http+unix", "unix":
      throw Mistake("the form is unix:/path", suggestion: "unix:/\(text[separator.upperBound...].drop { $0 == "/" })")
    default: throw Mistake("the scheme of an endpoint is http or unix")
    }
    var rest = text[separator.upperBound...]
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    if rest.contains("@") { throw Mistake("an endpoint has no user and password; use 'requestHeaders' of a route") }
    if let index = rest.firstIndex(where: { "/?#".contains($0) }) {
      let part = rest[index] == "/" ? "path" : rest[index] == "?" ? "query" : "fragment"
      throw Mistake(
        "an endpoint is where to connect to and has no \(part); the request's own is used, without the route's 'path' "
          + "where that has 'stripPrefix'", suggestion: "http://\(rest[..<index])")
    }
    do throws(Mistake) {
      let (host, port) = try HostText.hostAndPort(String(rest), defaultPort: 80)
      return .tcp(host: host, port: port)
    } catch {
      throw Mistake(error.what, suggestion: error.suggestion.map { "http://\($0)" })
    }
  }
}
