internal import SluiceCore

/// A line of HAProxy's HTTP or TCP log as an entry.
enum HAProxyEntry {
  @Sendable
  static func fill(_ values: FieldValues, _ entry: inout LogEntry) -> Bool {
    let request = RequestLineText(values)
    entry.status = values.status(.status)
    entry.upstream = values[.upstream]
    entry.endpoint = values[.endpoint].flatMap { $0.utf8.first == 0x3C ? nil : $0 }
    entry.route = values[.listener].map { $0.utf8.last == 0x7E ? String($0.dropLast()) : $0 }
    entry.client = ClientText.withoutPort(values[.client])
    entry.method = request.method ?? values[.method]
    entry.path = request.path ?? values[.path]
    entry.host = values[.host]
    entry.requestID = values[.requestID]
    // `+` before the retries, which is part of the number: the last one went to another endpoint. Before a time and
    // before the bytes: the session went on when it was written (`option logasap`). -1: a phase that was not reached.
    entry.retries = values.count(.retries)
    entry.queueTime = values.milliseconds(.queueTime, perSecond: 1000)
    entry.connectTime = values.milliseconds(.connectTime, perSecond: 1000)
    entry.headTime = values.milliseconds(.headTime, perSecond: 1000)
    entry.totalTime = values.milliseconds(.totalTime, perSecond: 1000)
    entry.bytes = values.number(.bytes).flatMap { UInt64(exactly: $0) }
    entry.take(signature(values, hasEndpoint: entry.endpoint != nil))
    if entry.endpoint != nil, (entry.conclusion?.cause ?? .upstreamStatus) == .upstreamStatus {
      entry.upstreamStatus = entry.status
    }
    estimate(&entry)
    return true
  }

  private static func signature(_ values: FieldValues, hasEndpoint: Bool) -> Signature? {
    let rows = Signature.haproxy(in: values)
    let error = HAProxyConnectionError.name(
      number: values[.connectionError], text: values[.connectionErrorText], rest: values[.extra])
    if error == nil, hasEndpoint || !values.has(.endpoint) { return rows.first(matching: values) }
    var judged = values
    if !hasEndpoint { judged[.endpoint] = nil }
    judged[.connectionError] = error
    return rows.first(matching: judged)
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
