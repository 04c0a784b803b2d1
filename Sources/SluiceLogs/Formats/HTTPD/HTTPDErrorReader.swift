/// Divides a line of Apache httpd's error log, of 2.4 and of 2.2:
///
/// `[Thu Nov 26 20:53:11.159 2026] [proxy_http:error] [pid 24168:tid 24230] (70007)The timeout specified has expired:
/// [client 127.0.0.1:55850] AH01102: error reading status line from remote server 127.0.0.1:3000, referer: …`
enum HTTPDErrorReader {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard line.byteCount > 30, isTime(line),
      let close = line.place(of: UInt8(ascii: "]"), from: 21, to: min(line.byteCount, 40)),
      line.has(" [", at: close + 1)
    else { return false }
    fields.set(.time, 1, close)
    guard var position = readLevel(line, close + 2, &fields) else { return false }
    for _ in 0..<partsMax where line.letter(position) == UInt8(ascii: "[") || line.letter(position) == UInt8(ascii: "(")
    {
      guard let end = readPart(line, position, &fields) else { break }
      position = end
    }
    let referrer = lastReferrer(line, from: position)
    fields.set(.message, position, referrer ?? line.byteCount)
    if let referrer { fields.set(.referrer, referrer + 11, line.byteCount) }
    return true
  }

  /// `[pid …]`, `[client …]`, `[remote …]`, an error, and what modules add.
  private static let partsMax = 6

  /// `[Thu Nov 26 20:53:11`
  private static func isTime(_ line: RawSpan) -> Bool {
    line.byte(at: 0) == UInt8(ascii: "[") && line.byte(at: 4) == 0x20 && line.byte(at: 8) == 0x20
      && line.byte(at: 11) == 0x20 && line.byte(at: 14) == 0x3A && line.byte(at: 17) == 0x3A
      && RawSpan.isDigit(line.byte(at: 13)) && RawSpan.isDigit(line.byte(at: 19))
  }

  /// `[proxy:error] `, or `[error] ` of 2.2. Returns the place behind it.
  private static func readLevel(_ line: RawSpan, _ start: Int, _ fields: inout FieldSet) -> Int? {
    guard let close = line.place(of: UInt8(ascii: "]"), from: start, to: min(line.byteCount, start + 64)) else {
      return nil
    }
    if let colon = line.place(of: UInt8(ascii: ":"), from: start, to: close) {
      if colon > start + 1 { fields.set(.logger, start + 1, colon) }
      fields.set(.level, colon + 1, close)
    } else {
      fields.set(.level, start + 1, close)
    }
    return min(close + 2, line.byteCount)
  }

  /// Returns the place behind the part; nil: it belongs to the message.
  private static func readPart(_ line: RawSpan, _ start: Int, _ fields: inout FieldSet) -> Int? {
    let count = line.byteCount
    if line.has("[pid ", at: start) {
      let process = line.endOfDigits(start + 5)
      guard let close = line.place(of: UInt8(ascii: "]"), from: process, to: count) else { return nil }
      fields.set(.process, start + 5, process)
      if line.has(":tid ", at: process) { fields.set(.thread, process + 5, close) }
      return behind(line, close)
    }
    if line.has("[client ", at: start) {
      guard let close = line.place(of: UInt8(ascii: "]"), from: start + 8, to: count) else { return nil }
      // `[2001:db8::7]:443` has a bracket of its own.
      let end = line.letter(close + 1) == 0x3A ? line.place(of: 0x5D, from: close + 1, to: count) ?? close : close
      fields.set(.client, start + 8, end)
      return behind(line, end)
    }
    if line.has("[remote ", at: start) {
      guard let close = line.place(of: UInt8(ascii: "]"), from: start + 8, to: count) else { return nil }
      fields.set(.endpoint, start + 8, close)
      return behind(line, close)
    }
    if line.letter(start) == UInt8(ascii: "(") { return readError(line, start, &fields) }
    return nil
  }

  /// `(111)Connection refused: ` or `(EAI 2)Name or service not known: `.
  private static func readError(_ line: RawSpan, _ start: Int, _ fields: inout FieldSet) -> Int? {
    let limit = min(line.byteCount, start + 200)
    guard let close = line.place(of: UInt8(ascii: ")"), from: start, to: min(limit, start + 12)), close > start + 1,
      RawSpan.isDigit(line.byte(at: close - 1)), let colon = line.place(of: ": ", from: close, to: limit)
    else { return nil }
    fields.set(.errorCode, start + 1, close)
    fields.set(.errorText, close + 1, colon)
    return colon + 2
  }

  private static func behind(_ line: RawSpan, _ close: Int) -> Int {
    line.letter(close + 1) == 0x20 ? close + 2 : close + 1
  }

  /// httpd puts the Referer behind the message; a message may hold the same text, so the last one counts.
  private static func lastReferrer(_ line: RawSpan, from start: Int) -> Int? {
    var found: Int?
    var position = start
    while let place = line.place(of: ", referer: ", from: position, to: line.byteCount) {
      found = place
      position = place + 1
    }
    return found
  }
}
