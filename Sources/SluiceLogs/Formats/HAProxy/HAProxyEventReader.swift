/// Divides what HAProxy tells beside sessions: to syslog (`Server app/a1 is DOWN, reason: …`), or to its standard error
/// (`[WARNING]  (24252) : Server …`, older `[WARNING] 329/205307 (24252) : …`), which the journal keeps.
enum HAProxyEventReader {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    var start = 0
    if line.letter(0) == UInt8(ascii: "[") {
      guard let message = prefix(line, &fields) else { return false }
      start = message
    }
    guard start < line.byteCount, isKnown(line, start, hasPrefix: start > 0) else { return false }
    fields.set(.message, start, line.byteCount)
    return true
  }

  /// `[LEVEL] date (process) : `, the date in old versions only. Returns where the message begins.
  private static func prefix(_ line: RawSpan, _ fields: inout FieldSet) -> Int? {
    guard let close = line.place(of: UInt8(ascii: "]"), from: 1, to: min(line.byteCount, 12)),
      let open = line.place(of: UInt8(ascii: "("), from: close, to: min(line.byteCount, 40))
    else { return nil }
    let end = line.endOfDigits(open + 1)
    guard end > open + 1, line.has(") : ", at: end) else { return nil }
    guard ["NOTICE", "WARNING", "ALERT"].contains(line.text(1..<close)) else { return nil }
    fields.set(.level, 1, close)
    fields.set(.process, open + 1, end)
    return end + 4
  }

  /// Beginnings that no other product's line has: without a prefix nothing else tells whose it is.
  private static func isKnown(_ line: RawSpan, _ start: Int, hasPrefix: Bool) -> Bool {
    if hasPrefix { return true }
    if line.has("Server ", at: start) || line.has("Backup Server ", at: start)
      || line.has("Health check for ", at: start)
    {
      return line.place(of: UInt8(ascii: "/"), from: start, to: min(line.byteCount, start + 300)) != nil
    }
    if line.has("Proxy ", at: start) || line.has("proxy ", at: start) || line.has("backend ", at: start) {
      let end = line.byteCount
      return line.place(of: " has no server available", from: start, to: end) != nil
        || line.place(of: " stopped (", from: start, to: end) != nil
        || line.place(of: " started.", from: start, to: end) != nil
        || line.place(of: " reached ", from: start, to: end) != nil
    }
    return line.has("Connect from ", at: start) || line.has("Connect() failed for backend ", at: start)
      || line.has("Stopping ", at: start) && line.place(of: " in ", from: start, to: line.byteCount) != nil
  }
}
