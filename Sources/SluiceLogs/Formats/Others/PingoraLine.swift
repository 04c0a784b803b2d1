/// Divides what Pingora logs of a request that failed:
/// `[2026-11-26T20:00:00Z ERROR pingora_proxy] Fail to proxy: Upstream ConnectRefused …, status: 502, tries: 1, …`.
enum PingoraLine {
  /// Bytes before the text.
  private static let prefixMax = 160

  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard let start = place(of: "Fail to proxy: ", line, from: 0, to: min(count, prefixMax)) else { return false }
    let time = line.byte(at: 0) == 0x5B ? 1 : 0
    let timeEnd = ByteScan.first(0x20, in: line, from: time, to: start)
    if timeEnd > time, timeEnd < start { fields.set(.time, time, timeEnd) }
    let text = start + 15
    let status = place(of: ", status: ", line, from: text, to: count)
    let stale = place(of: ", serving stale, ", line, from: text, to: count)
    fields.set(.errorText, text, status ?? stale ?? count)
    guard let status else { return true }
    var position = status + 10
    var end = ByteScan.first(0x2C, in: line, from: position, to: count)
    fields.set(.status, position, end)
    if line.has(", tries: ", at: end) {
      position = end + 9
      end = ByteScan.first(0x2C, in: line, from: position, to: count)
      fields.set(.retries, position, end)
    }
    guard line.has(", retry: ", at: end) else { return true }
    let request = ByteScan.first(0x2C, in: line, from: end + 9, to: count) + 2
    guard request < count else { return true }
    let host = place(of: ", Host: ", line, from: request, to: count)
    fields.set(.request, request, host ?? count)
    if let host { fields.set(.host, host + 8, ByteScan.first(0x2C, in: line, from: host + 8, to: count)) }
    return true
  }

  private static func place(of text: StaticString, _ line: RawSpan, from: Int, to: Int) -> Int? {
    var position = from
    while position < to {
      if line.has(text, at: position) { return position }
      position += 1
    }
    return nil
  }
}
