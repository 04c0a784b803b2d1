/// Divides a line of nginx' error log: `2026/11/26 20:53:08 [error] 24172#24172: *3 message while action, client: …`
/// and then `, server: …, request: "…", upstream: "…"` and others.
///
/// nginx escapes nothing in it and cuts a line after 2048 bytes, so a quoted text ends at the first quote behind which
/// the line or another part's name follows.
enum NginxErrorReader {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard line.byteCount > 24, isTime(line) else { return false }
    fields.set(.time, 0, 19)
    guard let bracket = line.place(of: UInt8(ascii: "]"), from: 21, to: min(line.byteCount, 32)) else { return false }
    fields.set(.level, 21, bracket)
    let process = bracket + 2
    let hash = line.endOfDigits(process)
    guard hash > process, line.letter(hash) == UInt8(ascii: "#") else { return false }
    let thread = line.endOfDigits(hash + 1)
    guard line.has(": ", at: thread) else { return false }
    fields.set(.process, process, hash)
    fields.set(.thread, hash + 1, thread)
    var start = thread + 2
    if line.letter(start) == UInt8(ascii: "*") {
      let end = line.endOfDigits(start + 1)
      if end > start + 1, line.letter(end) == 0x20 {
        fields.set(.connection, start + 1, end)
        start = end + 1
      }
    }
    let parts = line.place(of: ", client: ", from: start, to: line.byteCount) ?? line.byteCount
    fields.set(.message, start, parts)
    readParts(line, from: parts, &fields)
    return true
  }

  private static func isTime(_ line: RawSpan) -> Bool {
    line.byte(at: 4) == 0x2F && line.byte(at: 7) == 0x2F && line.byte(at: 10) == 0x20 && line.byte(at: 13) == 0x3A
      && line.byte(at: 16) == 0x3A && line.byte(at: 19) == 0x20 && line.byte(at: 20) == 0x5B
      && RawSpan.isDigit(line.byte(at: 0)) && RawSpan.isDigit(line.byte(at: 18))
  }

  /// `, name: value` in turn.
  private static func readParts(_ line: RawSpan, from: Int, _ fields: inout FieldSet) {
    var position = from
    for _ in 0..<partsMax {
      guard line.has(", ", at: position), let part = part(line, at: position) else { return }
      var value = part.value
      var end: Int
      if line.letter(value) == UInt8(ascii: "\"") {
        value += 1
        end = closingQuote(line, from: value)
        position = end + 1
      } else {
        end = line.place(of: UInt8(ascii: ","), from: value, to: line.byteCount) ?? line.byteCount
        position = end
      }
      end = min(end, line.byteCount)
      if let field = part.field, value <= end { fields.set(field, value, end) }
    }
  }

  /// Parts of a line that are looked at.
  private static let partsMax = 10

  private static func part(_ line: RawSpan, at position: Int) -> (field: LogField?, value: Int)? {
    if line.has(", client: ", at: position) { return (.client, position + 10) }
    if line.has(", server: ", at: position) { return (.route, position + 10) }
    if line.has(", request: ", at: position) { return (.request, position + 11) }
    if line.has(", subrequest: ", at: position) { return (nil, position + 14) }
    if line.has(", upstream: ", at: position) { return (.endpoint, position + 12) }
    if line.has(", host: ", at: position) { return (.host, position + 8) }
    if line.has(", referrer: ", at: position) { return (.referrer, position + 12) }
    if line.has(", login: ", at: position) { return (nil, position + 9) }
    return nil
  }

  private static func closingQuote(_ line: RawSpan, from: Int) -> Int {
    var position = from
    while let quote = line.place(of: UInt8(ascii: "\""), from: position, to: line.byteCount) {
      if quote + 1 == line.byteCount || part(line, at: quote + 1) != nil { return quote }
      // The stream module goes on with counts of bytes.
      if line.has(", bytes ", at: quote + 1) { return quote }
      position = quote + 1
    }
    return line.byteCount
  }
}
