/// What systemd and the kernel say of processes: why a proxy or an application ended, and when it was started.
enum ServiceLine {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard count > 12, isBegin(line) else { return false }
    fields.set(.message, 0, count)
    return true
  }

  static func entry(_ values: FieldValues) -> LogEntry? {
    guard let text = values[.message] else { return nil }
    let product = product(of: text)
    var entry = LogEntry(product, .event, reading: values)
    return entry.conclude(ServiceSignatures.rows(for: product), values) == nil ? nil : entry
  }

  /// A unit's name and a colon, or one of the sentences, which name a unit.
  private static func isBegin(_ line: RawSpan) -> Bool {
    let end = ByteScan.first(0x20, in: line, from: 0, to: min(line.byteCount, 256))
    if end > 9, end < line.byteCount, line.has(".service:", at: end - 9) { return true }
    for text: StaticString in ["Started ", "Stopping ", "Stopped ", "Reloaded ", "Failed to start "]
    where line.has(text, at: 0) {
      let rest = line.text(text.utf8CodeUnitCount..<min(line.byteCount, 512))
      return rest.holds(".service") || product(of: rest) != .other
    }
    for text: StaticString in ["Out of memory: Killed process", "Memory cgroup out of memory: Killed process"]
    where line.has(text, at: 0) {
      return true
    }
    let head = line.text(0..<min(line.byteCount, 128))
    return head.holds("]: segfault at ")
  }

  /// The product that the unit or process runs.
  private static func product(of text: String) -> LogProduct {
    let names: [(String, LogProduct)] = [
      ("nginx", .nginx), ("haproxy", .haproxy), ("HAProxy", .haproxy), ("envoy", .envoy), ("apache2", .httpd),
      ("httpd", .httpd), ("Apache HTTP Server", .httpd), ("caddy", .caddy), ("Caddy", .caddy), ("traefik", .traefik),
      ("Traefik", .traefik), ("sluice", .sluice), ("varnish", .varnish), ("Varnish", .varnish),
      ("trafficserver", .ats), ("traffic_server", .ats), ("nghttpx", .nghttpx), ("pingora", .pingora),
    ]
    let head = String(text.prefix(256))
    return names.first { head.holds($0.0) }?.1 ?? .other
  }
}
