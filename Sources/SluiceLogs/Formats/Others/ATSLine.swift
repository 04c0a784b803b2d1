/// Divides lines of Apache Traffic Server: the squid format of its access log, and its error log.
enum ATSLine {
  /// `1795723200.123 5 198.51.100.7 ERR_CONNECT_FAIL/502 320 GET http://host/path - DIRECT/10.0.0.1 text/html`
  static func access(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    var tokens = LineTokens(position: 0)
    guard line.byteCount > 40, tokens.take(.time, line, into: &fields), isNumber(line, fields.range(.time), points: 1),
      tokens.take(.totalTime, line, into: &fields), isNumber(line, fields.range(.totalTime), points: 0),
      tokens.take(.client, line, into: &fields), let code = tokens.next(line)
    else { return false }
    let slash = ByteScan.first(0x2F, in: line, from: code.range.lowerBound, to: code.range.upperBound)
    guard slash < code.range.upperBound, isCode(line, code.range.lowerBound) else { return false }
    fields.set(.action, code.range.lowerBound, slash)
    fields.set(.status, slash + 1, code.range.upperBound)
    guard tokens.take(.bytes, line, into: &fields), tokens.take(.method, line, into: &fields),
      tokens.take(.path, line, into: &fields), tokens.take(nil, line, into: &fields), let route = tokens.next(line)
    else { return false }
    let host = ByteScan.first(0x2F, in: line, from: route.range.lowerBound, to: route.range.upperBound)
    if host < route.range.upperBound { fields.set(.endpoint, host + 1, route.range.upperBound) }
    return true
  }

  /// `20261126.20h00m00s CONNECT: attempt fail [CONNECTION_ERROR] to 10.0.0.1:80 for host='…' …`
  static func error(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard line.byteCount > 24, line.byte(at: 8) == 0x2E, line.byte(at: 11) == 0x68, line.byte(at: 14) == 0x6D,
      line.byte(at: 17) == 0x73, line.byte(at: 18) == 0x20
    else { return false }
    fields.set(.errorText, 19, line.byteCount)
    return true
  }

  private static func isNumber(_ line: RawSpan, _ range: Range<Int>?, points: Int) -> Bool {
    guard let range, !range.isEmpty, range.count < 24 else { return false }
    var found = 0
    for index in range {
      let byte = line.byte(at: index)
      if byte == 0x2E { found += 1 } else if byte < 0x30 || byte > 0x39 { return false }
    }
    return found == points
  }

  private static func isCode(_ line: RawSpan, _ start: Int) -> Bool {
    for prefix: StaticString in ["TCP_", "ERR_", "UDP_", "NONE", "UFS_"] where line.has(prefix, at: start) {
      return true
    }
    return false
  }
}
