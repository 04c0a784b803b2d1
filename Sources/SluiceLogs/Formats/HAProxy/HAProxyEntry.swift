internal import SluiceCore

/// A line of HAProxy's HTTP or TCP log as an entry.
enum HAProxyEntry {
  static func entry(_ values: FieldValues) -> LogEntry? {
    var entry = LogEntry(.haproxy, .request)
    let request = RequestLineText(values[.request])
    entry.status = values.number(.status).flatMap { (100...999).contains($0) ? UInt16($0) : nil }
    entry.upstream = values[.upstream]
    entry.endpoint = values[.endpoint].flatMap { $0.utf8.first == 0x3C ? nil : $0 }
    entry.route = values[.listener].map { $0.utf8.last == 0x7E ? String($0.dropLast()) : $0 }
    entry.client = ClientText.withoutPort(values[.client])
    entry.method = request.method ?? values[.method]
    entry.path = request.path ?? values[.path]
    entry.host = values[.host]
    entry.requestID = values[.requestID]
    entry.retries = count(values[.retries]).flatMap { $0 <= FieldValues.countMax ? $0 : nil }
    entry.queueTime = time(values[.queueTime])
    entry.connectTime = time(values[.connectTime])
    entry.headTime = time(values[.headTime])
    entry.totalTime = time(values[.totalTime])
    entry.bytes = count(values[.bytes]).map { UInt64($0) }
    // Set only where they differ: a copy of all values costs more than the rest.
    var judged = values
    if entry.endpoint == nil, values[.endpoint] != nil { judged[.endpoint] = nil }
    if let retries = values[.retries], retries.utf8.first == 0x2B { judged[.retries] = entry.retries.map(String.init) }
    let error = HAProxyConnectionError.name(
      number: values[.connectionError], text: values[.connectionErrorText], rest: values[.extra])
    if error != values[.connectionError] { judged[.connectionError] = error }
    entry.take(Signature.haproxy(in: judged[.terminationState]).first(matching: judged))
    if entry.endpoint != nil, entry.conclusion == nil || entry.conclusion?.cause == .upstreamStatus {
      entry.upstreamStatus = entry.status
    }
    estimate(&entry)
    return entry
  }

  /// Milliseconds; nil for -1, a phase that was not reached. `+` before a number, which is part of it for `Int` and
  /// `Double`: the session went on when it was written (`option logasap`).
  private static func time(_ text: String?) -> Double? {
    guard let text, let value = Int(text).map(Double.init) ?? Double(text), value >= 0, value < 1e12 else {
      return nil
    }
    return value
  }

  /// `+` before the retries: the last one went to another endpoint.
  private static func count(_ text: String?) -> Int? {
    guard let text, let value = Int(text), value >= 0 else { return nil }
    return value
  }

  /// A connection that the endpoint had closed before fails as soon as it is used. What took longer was under way.
  private static func estimate(_ entry: inout LogEntry) {
    guard entry.conclusion?.signature == "H04", let total = entry.totalTime else { return }
    let waited = Int(total - (entry.connectTime ?? 0) - (entry.queueTime ?? 0))
    guard waited > NginxAccessEntry.staleMax else { return }
    entry.conclusion?.alternatives.removeAll { $0 == .staleKeepalive }
    entry.conclusion?.estimate =
      "The endpoint had the request for " + String(waited)
      + " ms, so the connection was not one that it had closed before."
  }
}
