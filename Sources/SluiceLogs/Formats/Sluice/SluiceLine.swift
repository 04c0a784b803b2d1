/// Divides lines of this project's own logs.
enum SluiceLine {
  private static let keys = JSONKeys([
    "time": .time, "id": .requestID, "phase": .action, "status": .status, "totalMs": .totalTime, "cause": .reason,
    "upstream": .upstream, "listener": .listener, "route": .route,
  ])

  /// A record of the access log; `extra` is the whole line, which its own decoder reads where it matters, and
  /// `errorText` is set where an attempt failed.
  static func record(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard line.has("{\"time\":\"", at: 0), JSONLine.read(line, keys, into: &fields) else { return false }
    guard fields.has(.requestID), fields.has(.action), fields.has(.totalTime), fields.has(.status) else { return false }
    fields.set(.extra, 0, line.byteCount)
    if let cause = attemptCause(line) { fields.set(.errorText, cause, cause + 1) }
    return true
  }

  /// The place of a cause that stands in the list of attempts.
  private static func attemptCause(_ line: RawSpan) -> Int? {
    let wanted: StaticString = ",\"cause\":\""
    var isInAttempts = false
    var position = 0
    while position < line.byteCount {
      position = ByteScan.first(0x2C, in: line, from: position, to: line.byteCount)
      if isInAttempts, line.has(wanted, at: position) { return position }
      if line.has(",\"attempts\":[", at: position) { isInAttempts = true }
      position += 1
    }
    return nil
  }

  /// A line for a person on standard error: `502 connect_refused GET api.example.com/v1/x -> api http://…: …`.
  static func failure(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard count > 24, line.byte(at: 3) == 0x20 else { return false }
    let isDash = line.has("---", at: 0)
    for index in 0..<3 where !isDash && (line.byte(at: index) < 0x30 || line.byte(at: index) > 0x39) { return false }
    let causeEnd = ByteScan.first(0x20, in: line, from: 4, to: min(count, 48))
    guard causeEnd < min(count, 48) else { return false }
    for index in 4..<causeEnd {
      let byte = line.byte(at: index)
      guard byte >= 0x61 && byte <= 0x7A || byte == 0x5F || byte >= 0x30 && byte <= 0x39 else { return false }
    }
    guard let ends = lastText(", id ", line), let time = lastText(" ms", line), time < ends else { return false }
    if !isDash { fields.set(.status, 0, 3) }
    fields.set(.reason, 4, causeEnd)
    fields.set(.requestID, ends + 5, count)
    fields.set(.message, causeEnd + 1, ends)
    return true
  }

  private static func lastText(_ text: StaticString, _ line: RawSpan) -> Int? {
    var position = line.byteCount - text.utf8CodeUnitCount
    while position >= 0 {
      if line.has(text, at: position) { return position }
      position -= 1
    }
    return nil
  }
}
