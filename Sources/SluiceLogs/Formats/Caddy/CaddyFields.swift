internal import SluiceCore
internal import SluiceDiagnosis

/// A line of Caddy's as an entry, whether it was written as JSON or for the console.
enum CaddyFields {
  static func entry(_ values: FieldValues) -> LogEntry? {
    let message = values[.message] ?? ""
    let logger = values[.logger] ?? ""
    if logger.hasPrefix("http.log.error") { return failure(values, error: message, rows: CaddySignatures.errors) }
    if message == "handled request" || logger.hasPrefix("http.log.access") { return request(values) }
    if message == "aborting with incomplete response" {
      return failure(values, error: values[.errorText] ?? "", rows: CaddySignatures.aborts)
    }
    // At level debug Caddy tells each attempt, with the endpoint.
    if message == "upstream roundtrip", let error = values[.errorText] {
      return failure(values, error: error, rows: CaddySignatures.errors)
    }
    if message.hasPrefix("backend tried to switch") {
      return failure(values, error: message, rows: CaddySignatures.errors)
    }
    if let event = event(values) { return event }
    return logger.isEmpty && values[.status] != nil && values[.path] != nil ? request(values) : nil
  }

  private static func request(_ values: FieldValues) -> LogEntry {
    var entry = LogEntry(.caddy, .request, reading: values)
    entry.totalTime = GoDuration.milliseconds(values[.totalTime])
    entry.conclude(CaddySignatures.access, values)
    if entry.status.map({ $0 >= 500 }) == true, values[.extra] != nil { entry.upstreamStatus = entry.status }
    entry.conclude(proxyStatus: values[.proxyStatus])
    return entry
  }

  private static func failure(_ given: FieldValues, error: String, rows: [Signature]) -> LogEntry? {
    var values = given
    values[.errorText] = error
    var entry = LogEntry(.caddy, .failure, reading: values)
    entry.totalTime = GoDuration.milliseconds(values[.totalTime])
    entry.endpoint = values[.endpoint] ?? GoErrorText.endpoint(of: error)
    // What a handler other than the proxy failed of is no row's matter, and below 500 no failure.
    guard entry.conclude(rows, values) != nil || (entry.status ?? 0) >= 500 else { return nil }
    if entry.conclusion == nil {
      entry.conclusion = LineConclusion(signature: "C33", cause: .proxyBug, who: .unknown, sure: .unknown)
    }
    GoEstimate.apply(to: &entry)
    return entry
  }

  private static func event(_ given: FieldValues) -> LogEntry? {
    var values = given
    guard let row = CaddySignatures.events.first(matching: values) else { return nil }
    var cause: Cause?
    if let error = values[.errorText] {
      cause = CaddySignatures.errors.first(matching: values)?.conclusion?.cause
      values[.message] = "\(values[.message] ?? ""): \(error)"
    }
    var entry = LogEntry(.caddy, .event, reading: values)
    entry.conclude([row], values)
    if let cause { entry.event?.cause = cause }
    return entry.event == nil ? nil : entry
  }
}
