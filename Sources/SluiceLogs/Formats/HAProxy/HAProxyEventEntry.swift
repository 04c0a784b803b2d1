/// What HAProxy tells beside sessions, as an entry.
enum HAProxyEventEntry {
  static func entry(_ values: FieldValues) -> LogEntry? {
    guard let signature = Signature.haproxyEvents.first(matching: values), case .event = signature.meaning,
      let message = values[.message]
    else { return nil }
    var entry = LogEntry(.haproxy, .event)
    entry.process = values.number(.process)
    setNames(&entry, message)
    entry.take(signature, detail: message)
    return entry
  }

  /// `Server app/a1 is …`, `Health check for backup server app/a1 …`, `backend 'app' has …`, `Proxy app stopped …`.
  private static func setNames(_ entry: inout LogEntry, _ message: String) {
    for word in ["Server ", "server "] {
      guard let name = message.part(behind: word, until: " "), let slash = name.utf8.firstIndex(of: 0x2F) else {
        continue
      }
      entry.upstream = String(name[..<slash])
      entry.endpoint = String(name[name.utf8.index(after: slash)...]).trimmed(of: ",.")
      return
    }
    let beginnings = [
      "backend ", "proxy ", "Proxy ", "Stopping backend ", "Stopping proxy ", "Stopping frontend ", "Stopping listen ",
      "Connect() failed for backend ",
    ]
    for beginning in beginnings where message.utf8.starts(with: beginning.utf8) {
      entry.upstream = message.part(behind: beginning, until: " ")?.trimmed(of: "'\",.:")
      return
    }
  }
}
