/// Lines of AWS' balancers as entries.
enum AWSFields {
  static func balancer(_ values: FieldValues) -> LogEntry? { entry(.alb, values, AWSSignatures.rows) }

  /// Without an answer of the instance the classic balancer writes 0 for its status.
  static func classic(_ values: FieldValues) -> LogEntry? { entry(.elb, values, AWSSignatures.classic) }

  private static func entry(_ product: LogProduct, _ values: FieldValues, _ rows: [Signature]) -> LogEntry {
    var entry = LogEntry(product, .request, reading: values)
    if let path = entry.path {
      let parts = split(path)
      entry.path = parts.path
      entry.host = entry.host ?? parts.host
    }
    entry.headTime = values.milliseconds(.upstreamResponseTime, perSecond: 1)
    let times = [LogField.requestTime, .upstreamResponseTime, .responseTime].compactMap {
      values.milliseconds($0, perSecond: 1)
    }
    entry.totalTime = times.isEmpty ? nil : times.reduce(0, +)
    entry.conclude(rows, values)
    return entry
  }

  /// Host and path of `http://www.example.com:80/path?query`.
  private static func split(_ text: String) -> (host: String?, path: String) {
    guard let colon = text.utf8.firstIndex(of: 0x3A), text[colon...].hasPrefix("://") else { return (nil, text) }
    let rest = text[colon...].dropFirst(3)
    guard let slash = rest.firstIndex(of: "/") else { return (String(rest), "/") }
    return (String(rest[..<slash]), String(rest[slash...]))
  }
}
