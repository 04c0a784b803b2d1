internal import SluiceCore

/// A line of nginx' access log as an entry.
enum NginxAccessEntry {
  static func entry(_ values: FieldValues) -> LogEntry? {
    var entry = LogEntry(.nginx, .request)
    let request = RequestLineText(values)
    let attempts = NginxAttempts(values)
    entry.status = values[.status].flatMap { UInt16($0) }.flatMap { $0 < 100 ? nil : $0 }
    entry.client = ClientText.first(values[.client])
    entry.method = request.method ?? values[.method]
    entry.path = request.path ?? values[.path]
    entry.host = values[.host]
    entry.requestID = values[.requestID]
    entry.connection = values[.connection]
    entry.process = values.number(.process)
    entry.bytes = values[.bytes].flatMap { UInt64($0) }
    entry.totalTime = milliseconds(values.decimal(.requestTime))
    entry.attempts = (0..<attempts.count).map(attempts.attempt)
    if let last = entry.attempts.last {
      let place = EndpointText(last.endpoint)
      entry.endpoint = place.endpoint
      entry.upstream = place.upstream
      entry.upstreamStatus = last.status
      entry.connectTime = last.connect
      entry.headTime = last.head
    }
    if let name = values[.upstream] { entry.upstream = name }
    conclude(&entry, attempts, values, version: request.version ?? values[.version])
    return entry
  }

  private static func milliseconds(_ seconds: Double?) -> Double? {
    guard let seconds, seconds >= 0, seconds < 1e9 else { return nil }
    return (seconds * 1000).rounded()
  }

  private static func conclude(
    _ entry: inout LogEntry, _ attempts: NginxAttempts, _ values: FieldValues, version: String?
  ) {
    guard let index = judged(entry, values) else { return }
    var judged = values
    judged[.version] = version
    let attempt = entry.attempts.indices.contains(index) ? entry.attempts[index] : LogAttempt()
    let place = EndpointText(attempt.endpoint)
    judged[.endpoint] = place.endpoint
    if values[.upstream] == nil { judged[.upstream] = place.upstream }
    judged[.upstreamStatus] = attempt.status.map(String.init)
    judged[.responseTime] = attempt.whole.map { String($0 / 1000) }
    if index + 1 < entry.attempts.count {
      // A later attempt answered: what failed is this one's, and blames no other endpoint.
      entry.endpoint = place.endpoint
      if values[.upstream] == nil { entry.upstream = place.upstream }
      entry.upstreamStatus = attempt.status
      entry.connectTime = attempt.connect
      entry.headTime = attempt.head
    }
    let phase = attempts.phase(index)
    judged[.reason] = phase?.rawValue
    // The status of the request decides only where the request failed: here a later attempt made it good.
    if index + 1 < entry.attempts.count || !isFailure(entry, values) { judged[.status] = nil }
    entry.take(Signature.nginx.first(matching: judged))
    if phase == .waiting, entry.conclusion?.cause == .closedBeforeResponse { estimate(&entry, attempt) }
  }

  /// Which attempt is to be judged: the last where the request failed, else the last that failed; nil: none did.
  private static func judged(_ entry: LogEntry, _ values: FieldValues) -> Int? {
    if isFailure(entry, values) { return max(entry.attempts.count - 1, 0) }
    return entry.attempts.lastIndex { ($0.status ?? 0) >= 500 }
  }

  /// 009 is what nginx logs for an answer in HTTP/0.9.
  private static func isFailure(_ entry: LogEntry, _ values: FieldValues) -> Bool {
    guard let status = entry.status else { return values[.status]?.hasSuffix("9") == true }
    return status >= 500 || status == 499
  }

  /// A connection that the endpoint had closed before fails as soon as it is used. What took longer was under way.
  private static func estimate(_ entry: inout LogEntry, _ attempt: LogAttempt) {
    guard let whole = attempt.whole, let connect = attempt.connect, whole >= connect else { return }
    let waited = Int(whole - connect)
    guard waited > staleMax else { return }
    entry.conclusion?.alternatives.removeAll { $0 == .staleKeepalive }
    entry.conclusion?.estimate =
      "The endpoint had the request for \(waited) ms, so the connection was not one that it had closed before."
  }

  /// Milliseconds: a round trip within a continent, and some.
  static let staleMax = 100
}
