/// A line of Apache httpd's access log as an entry.
enum HTTPDAccessEntry {
  static func entry(_ values: FieldValues) -> LogEntry? {
    var entry = LogEntry(.httpd, .request)
    let request = RequestLineText(values)
    entry.status = values.number(.status).flatMap { (100...999).contains($0) ? UInt16($0) : nil }
    entry.client = values[.client]
    entry.route = values[.route]
    entry.method = request.method
    entry.path = request.path
    entry.bytes = values[.bytes].flatMap { UInt64($0) }
    entry.endpoint = values[.endpoint].map { EndpointText($0).endpoint ?? $0 }
    entry.totalTime = microseconds(values[.totalTime])
    entry.take(Signature.httpdAccess.first(matching: values))
    return entry
  }

  /// As milliseconds. One or two digits may be `%T`, whole seconds, or a very quick `%D`: then nobody knows.
  private static func microseconds(_ text: String?) -> Double? {
    guard let text, text.utf8.count > 2, let value = Double(text), value >= 0, value < 1e15 else { return nil }
    return value / 1000
  }
}
