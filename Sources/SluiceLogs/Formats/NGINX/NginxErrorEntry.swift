/// A line of nginx' error log as an entry.
enum NginxErrorEntry {
  static func entry(_ values: FieldValues) -> LogEntry? {
    guard let signature = Signature.nginx.first(matching: values) else { return nil }
    switch signature.meaning {
    case .failure:
      var entry = common(values, .failure)
      entry.take(signature)
      return entry
    case .event:
      var entry = common(values, .event)
      if entry.endpoint == nil, entry.upstream == nil { setPeer(&entry, values[.message]) }
      entry.take(signature, detail: values[.message])
      return entry
    case .modifier: return nil
    }
  }

  private static func common(_ values: FieldValues, _ kind: LogEntry.Kind) -> LogEntry {
    var entry = LogEntry(.nginx, kind)
    let request = RequestLineText(values)
    let endpoint = EndpointText(values[.endpoint])
    entry.endpoint = endpoint.endpoint
    entry.upstream = endpoint.upstream ?? unresolved(values[.message])
    entry.route = values[.route]
    entry.client = values[.client]
    entry.method = request.method
    entry.path = request.path
    entry.host = values[.host]
    entry.connection = values[.connection]
    entry.process = values.number(.process)
    return entry
  }

  /// The name in `app.internal could not be resolved (3: Host not found)`.
  private static func unresolved(_ message: String?) -> String? {
    guard let message, let space = message.utf8.firstIndex(of: 0x20),
      message.utf8[space...].starts(with: " could not be resolved".utf8)
    else { return nil }
    return String(message[..<space])
  }

  /// The endpoint in `… while health checking, peer: 10.0.0.1:80 in upstream "app"`, and the name in
  /// `host not found in upstream "app:80"`.
  private static func setPeer(_ entry: inout LogEntry, _ message: String?) {
    guard let message else { return }
    if let peer = message.part(behind: "peer: ", until: " ") { entry.endpoint = peer }
    if let upstream = message.part(behind: "upstream \"", until: "\"") { entry.upstream = upstream }
  }
}
