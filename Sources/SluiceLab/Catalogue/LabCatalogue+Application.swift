internal import SluiceCore

/// Row 57: the application's own errors, which pass with their status, fields (order, case, bytes) and body.
extension LabCatalogue {
  static let application: [Scenario] = [
    own(500, "{\"error\":\"out of cheese\",\"bytes\":\"\u{1}\u{7F}ü\"}", "application/json"),
    own(501, "not yet\n", "text/plain"),
    own(502, "<html><body><h1>502 Bad Gateway</h1>the application says so itself</body></html>\n", "text/html"),
    own(503, "", "text/plain", also: "Retry-After: 7"),
    own(504, "my own database was too slow\n", "text/plain"),
    own(507, "no room\n", "text/plain"),
    own(599, "beyond the registry\n", "text/plain"),
    sends(
      "/own/502-proxy-status", "Answers 502 with a Proxy-Status of another gateway.", row: 57, .own(502),
      Reply.head(502, "Proxy-Status: inner; error=connection_refused", "Content-Length: 0")),
    sends(
      "/own/500-chunked", "Answers 500 in chunks.", row: 57, .own(500),
      Reply.head(500, "tRaNsFeR-eNcOdInG: chunked") + "5\r\nfirst\r\n5\r\nlast\n\r\n0\r\n\r\n"),
    sends(
      "/own/503-close-delimited", "Answers 503 with a body that ends with the connection.", row: 57, .own(503),
      "HTTP/1.0 503 Closed For Lunch\r\nX-Unusual: yes\r\n\r\nclosed for lunch\n", then: [.close]),
    sends(
      "/status/404", "Answers 404: no failure of anybody's but the client's.", .passes(404),
      Reply.head(404, "Content-Length: 0")),
    sends("/status/429", "Answers 429.", .passes(429), Reply.head(429, "Retry-After: 1", "Content-Length: 0")),
  ]

  /// Fields in an unusual order and case, twice the same name, a value with bytes above 127 and spaces inside.
  private static func own(_ status: UInt16, _ body: String, _ type: String, also: String? = nil) -> Scenario {
    let extra = also.map { $0 + "\r\n" } ?? ""
    let text =
      "HTTP/1.1 \(status) Own Words\r\n" + "x-zULU: last  first\r\n" + extra + "CONTENT-length: \(body.utf8.count)\r\n"
      + "X-Twice: one\r\nx-twice: TWO\r\nX-Bytes: Größe\r\n"
      + "content-TYPE: \(type)\r\n\r\n" + body
    return sends(
      "/own/\(status)", "Answers \(status) on its own account.", row: 57, .own(status), text)
  }
}
