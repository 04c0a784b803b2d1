/// A line of Apache httpd's error log as an entry.
enum HTTPDErrorEntry {
  static func entry(_ values: FieldValues) -> LogEntry? {
    guard let signature = Signature.httpd.first(matching: values) else { return nil }
    let kind: LogEntry.Kind
    switch signature.meaning {
    case .failure: kind = .failure
    case .event: kind = .event
    case .modifier: return nil
    }
    var entry = LogEntry(.httpd, kind)
    entry.client = ClientText.withoutPort(values[.client])
    entry.process = values.number(.process)
    // The lines of one failure are written by one thread, and some of them name no client.
    entry.connection = values[.thread].map { "tid \($0)" }
    let message = values[.message] ?? ""
    entry.endpoint = values[.endpoint] ?? endpoint(in: message)
    entry.upstream = balancer(in: message)
    entry.path = message.part(behind: " returned by ", until: " ").flatMap { $0.hasPrefix("/") ? $0 : nil }
    entry.take(signature, detail: kind == .event ? message : nil)
    return entry
  }

  /// `attempt to connect to 127.0.0.1:3000 (127.0.0.1:3000) failed`, `disabling worker for (127.0.0.1:3000)`,
  /// `from remote server 127.0.0.1:3000`, `request body failed to 127.0.0.1:3000 (app)`, `worker (http://10.0.0.1:80)`.
  private static func endpoint(in message: String) -> String? {
    for words in [
      "attempt to connect to ", "from remote server ", "body failed to ", "worker for (", "connection for (",
    ] {
      guard let part = message.part(behind: words, until: " "), part != "returned" else { continue }
      if part.hasPrefix("Unix") { return message.part(behind: "domain socket ", until: " ").map { "unix:\($0)" } }
      let place = EndpointText(part.trimmed(of: "(),:"))
      if let endpoint = place.endpoint ?? place.upstream { return endpoint }
    }
    for words in ["worker (", "ABLING "] {
      guard let part = message.part(behind: words, until: " ") else { continue }
      return EndpointText(part.trimmed(of: "(),")).endpoint ?? part.trimmed(of: "(),")
    }
    return nil
  }

  private static func balancer(in message: String) -> String? {
    message.part(behind: "balancer://", until: " ")?.trimmed(of: "():,./")
      ?? message.part(behind: "DNS lookup failure for: ", until: " ")
  }
}
