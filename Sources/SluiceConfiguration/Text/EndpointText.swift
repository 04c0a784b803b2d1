/// The URL of an endpoint.
enum EndpointText {
  /// `http://host[:port]`, `https://host[:port]` or `unix:/path`.
  static func parse(_ text: String) throws(Mistake) -> EndpointURL {
    if text.hasPrefix("unix:") {
      return EndpointURL(text: text, target: .unix(path: try HostText.socketPath(String(text.dropFirst(5)))))
    }
    if text.hasPrefix("/") { throw Mistake("", suggestion: "unix:\(text)") }
    guard let separator = text.firstRange(of: "://") else {
      throw Mistake("it has no scheme", suggestion: text.isEmpty ? nil : "http://\(text)")
    }
    let scheme = text[..<separator.lowerBound].lowercased()
    switch scheme {
    case "http", "https": break
    case "h2c", "grpc", "grpcs", "h2": throw Mistake("HTTP/2 endpoints are not supported yet; use http, https or unix")
    case "ws", "tcp", "wss", "tls":
      let suggested = scheme == "ws" || scheme == "tcp" ? "http" : "https"
      throw Mistake(
        "the scheme of an endpoint is http, https or unix",
        suggestion: "\(suggested)://\(text[separator.upperBound...])")
    case "http+unix", "unix":
      throw Mistake("the form is unix:/path", suggestion: "unix:/\(text[separator.upperBound...].drop { $0 == "/" })")
    default: throw Mistake("the scheme of an endpoint is http, https or unix")
    }
    var rest = text[separator.upperBound...]
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    if rest.contains("@") { throw Mistake("an endpoint has no user and password; use 'requestHeaders' of a route") }
    if let index = rest.firstIndex(where: { "/?#".contains($0) }) {
      let part = rest[index] == "/" ? "path" : rest[index] == "?" ? "query" : "fragment"
      throw Mistake(
        "an endpoint is where to connect to and has no \(part); the request's own is used, without the route's 'path' "
          + "where that has 'stripPrefix'", suggestion: "\(scheme)://\(rest[..<index])")
    }
    do throws(Mistake) {
      let usesTLS = scheme == "https"
      let (host, port) = try HostText.hostAndPort(String(rest), defaultPort: usesTLS ? 443 : 80)
      return EndpointURL(text: text, target: .tcp(host: host, port: port), usesTLS: usesTLS)
    } catch {
      throw Mistake(error.what, suggestion: error.suggestion.map { "\(scheme)://\($0)" })
    }
  }
}
