/// Divides lines of Linkerd's proxy: `[   123.456789s]  WARN ThreadId(01) spans: target: text error=…`.
enum LinkerdLine {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard count > 32, line.byte(at: 0) == 0x5B else { return false }
    let close = ByteScan.first(0x5D, in: line, from: 1, to: min(count, 40))
    guard close < min(count, 40), line.byte(at: close - 1) == 0x73 else { return false }
    var tokens = LineTokens(position: close + 1)
    guard tokens.take(.level, line, into: &fields), let thread = tokens.next(line),
      line.has("ThreadId(", at: thread.range.lowerBound)
    else { return false }
    fields.set(.message, min(tokens.position + 1, count), count)
    return true
  }
}
