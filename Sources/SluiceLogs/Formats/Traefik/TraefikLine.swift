/// Divides lines of Traefik's log: pairs in version 2 (`time="…" level=debug msg="…"`), and in version 3 a time, a
/// level of three letters, perhaps the place in the source, the text, and then pairs.
enum TraefikLine {
  static let keys = JSONKeys(fields)

  /// The same keys in JSON.
  static let fields: [String: LogField] = [
    "time": .time, "level": .level, "msg": .message, "message": .message, "error": .errorText, "err": .errorText,
    "caller": .logger, "targetURL": .endpoint, "url": .endpoint, "serverURL": .endpoint, "serviceName": .upstream,
    "routerName": .route, "entryPointName": .listener, "providerName": .action, "middlewareName": .extra,
    "middlewareType": .extra,
  ]

  /// Whether a line in the Common Log Format ends as Traefik's do: `"http://10.0.0.1:80" 2ms`.
  static func isAccess(_ line: RawSpan) -> Bool {
    guard line.has("ms", at: line.byteCount - 2) else { return false }
    var position = line.byteCount - 3
    while position > 0, line.byte(at: position) >= 0x30, line.byte(at: position) <= 0x39 { position -= 1 }
    return position < line.byteCount - 3 && line.has("\" ", at: position - 1)
  }

  static func readPairs(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard line.has("time=\"", at: 0) else { return false }
    return LogfmtLine.read(line, from: 0, keys, &fields)
  }

  static func readConsole(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard count > 26, line.byte(at: 4) == 0x2D, line.byte(at: 10) == 0x54 else { return false }
    let timeEnd = ByteScan.first(0x20, in: line, from: 19, to: min(count, 40))
    guard timeEnd + 5 < count, isLevel(line, timeEnd + 1), line.byte(at: timeEnd + 4) == 0x20 else { return false }
    fields.set(.time, 0, timeEnd)
    fields.set(.level, timeEnd + 1, timeEnd + 4)
    var start = timeEnd + 5
    // The place in the source ends with `.go:LINE >`.
    let word = ByteScan.first(0x20, in: line, from: start, to: count)
    if line.has(" > ", at: word) {
      fields.set(.logger, start, word)
      start = word + 3
    }
    let end = firstPair(line, from: start)
    fields.set(.message, start, end)
    return end >= count || LogfmtLine.read(line, from: end + 1, keys, &fields)
  }

  private static func isLevel(_ line: RawSpan, _ start: Int) -> Bool {
    for level: StaticString in ["DBG", "ERR", "WRN", "INF", "TRC", "FTL", "PNC"] where line.has(level, at: start) {
      return true
    }
    return false
  }

  /// The space before the first word that is a key and its value; the end of the line where there is none.
  private static func firstPair(_ line: RawSpan, from start: Int) -> Int {
    let count = line.byteCount
    var space = ByteScan.first(0x20, in: line, from: start, to: count)
    while space < count {
      var position = space + 1
      while position < count, isKey(line.byte(at: position)) { position += 1 }
      if position > space + 1, position < count, line.byte(at: position) == 0x3D { return space }
      space = ByteScan.first(0x20, in: line, from: space + 1, to: count)
    }
    return count
  }

  private static func isKey(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F || byte == 0x2E || byte == 0x2D
  }
}
