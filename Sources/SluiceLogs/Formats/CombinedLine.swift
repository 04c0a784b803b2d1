/// The Common Log Format and its descendants: `client - user [time] "request" status bytes "referrer" "agent"`, and
/// then whatever else a configuration adds.
enum CombinedLine {
  /// Sets the fields from the client on.
  ///
  /// - Returns: the place behind the last part that is known; nil where the line is of another form.
  @inline(__always)
  static func read(_ line: RawSpan, from start: Int, _ fields: inout FieldSet) -> Int? {
    let count = line.byteCount
    var client = ByteScan.first(0x20, in: line, from: start, to: count)
    // Addresses that other proxies handed on: `10.0.0.1, 10.0.0.2 - - […`.
    while client > start, client < count, line.byte(at: client &- 1) == 0x2C {
      client = ByteScan.first(0x20, in: line, from: client &+ 1, to: count)
    }
    guard client > start, client < count else { return nil }
    fields.set(.client, start, client)
    var open = ByteScan.first(0x5B, in: line, from: client, to: count)
    // A user's name may hold a bracket; the time begins with the day, and ingress-nginx once wrote an address there.
    while open < count, !isTime(line, open &+ 1) { open = ByteScan.first(0x5B, in: line, from: open &+ 1, to: count) }
    guard open < count, line.byte(at: open &- 1) == 0x20 else { return nil }
    let close = ByteScan.first(0x5D, in: line, from: open, to: count)
    guard line.letter(close &+ 1) == 0x20, line.letter(close &+ 2) == 0x22 else { return nil }
    fields.set(.time, open &+ 1, close)
    guard let quote = line.closingQuote(from: close &+ 3) else { return nil }
    fields.setQuoted(.request, close &+ 3, quote)
    let status = quote &+ 2
    // Three digits; httpd writes a dash where there is no status.
    let digits = line.endOfDigits(status)
    let isMissing = line.letter(status) == 0x2D
    let end = isMissing ? status &+ 1 : status &+ 3
    guard line.letter(status &- 1) == 0x20, isMissing || digits == end, line.letter(end) == 0x20 else { return nil }
    fields.set(.status, status, end)
    let bytes = ByteScan.first(0x20, in: line, from: end &+ 1, to: count)
    fields.set(.bytes, end &+ 1, bytes)
    return agent(line, bytes, &fields)
  }

  /// `26/Nov/2026:20:53:08`
  @inline(__always)
  private static func isTime(_ line: RawSpan, _ start: Int) -> Bool {
    line.letter(start &+ 2) == 0x2F && line.letter(start &+ 6) == 0x2F && line.letter(start &+ 11) == 0x3A
  }

  /// ` "referrer" "agent"`, where they are.
  @inline(__always)
  private static func agent(_ line: RawSpan, _ start: Int, _ fields: inout FieldSet) -> Int? {
    guard line.letter(start) == 0x20, line.letter(start &+ 1) == 0x22 else { return start }
    guard let referrer = line.closingQuote(from: start &+ 2), line.letter(referrer &+ 1) == 0x20,
      line.letter(referrer &+ 2) == 0x22, let agent = line.closingQuote(from: referrer &+ 3)
    else { return start }
    fields.setQuoted(.referrer, start &+ 2, referrer)
    fields.setQuoted(.userAgent, referrer &+ 3, agent)
    return agent &+ 1
  }
}
