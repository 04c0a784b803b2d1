/// Divides a line of Envoy's access log as text: its own default and those of Istio's versions.
///
/// They agree up to the flags. Behind those comes the number of bytes (Envoy's default), the details in a token that
/// may hold spaces within braces (Istio since 1.9), or quotes (Istio before).
enum EnvoyLine {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard count > 40, line.byte(at: 0) == 0x5B else { return false }
    let bracket = ByteScan.first(0x5D, in: line, from: 1, to: min(count, 48))
    guard bracket > 10, line.has("] \"", at: bracket) else { return false }
    fields.set(.time, 1, bracket)
    var tokens = LineTokens(position: bracket + 2)
    guard tokens.take(.request, line, into: &fields), tokens.take(.status, line, into: &fields),
      let status = fields.range(.status), isNumber(line, status), tokens.take(.responseFlags, line, into: &fields),
      isFlags(line, fields.range(.responseFlags))
    else { return false }
    guard details(line, &tokens, &fields) else { return false }
    guard tokens.take(.bytes, line, into: &fields), tokens.take(.totalTime, line, into: &fields),
      tokens.take(.upstreamResponseTime, line, into: &fields), tokens.take(.client, line, into: &fields),
      tokens.take(.userAgent, line, into: &fields), tokens.take(.requestID, line, into: &fields),
      tokens.take(.host, line, into: &fields), tokens.take(.endpoint, line, into: &fields)
    else { return false }
    names(line, &tokens, &fields)
    return true
  }

  /// From behind the flags to behind the bytes that were received.
  private static func details(_ line: RawSpan, _ tokens: inout LineTokens, _ fields: inout FieldSet) -> Bool {
    guard var token = tokens.next(line) else { return false }
    if token.isQuoted {
      // Mixer's status, then the transport's reason.
      guard tokens.take(.transportFailure, line, into: &fields) else { return false }
      return tokens.take(.requestBytes, line, into: &fields)
    }
    if isNumber(line, token.range) {
      fields.set(.requestBytes, token.range.lowerBound, token.range.upperBound)
      return true
    }
    let start = token.range.lowerBound
    if ByteScan.first(0x7B, in: line, from: start, to: token.range.upperBound) < token.range.upperBound {
      let end = ByteScan.first(0x7D, in: line, from: start, to: line.byteCount)
      guard end < line.byteCount else { return false }
      tokens.position = end + 1
      fields.set(.responseDetails, start, end + 1)
    } else {
      fields.set(.responseDetails, start, token.range.upperBound)
    }
    // How the connection ended, which may be there or not, and then the transport's reason in quotes.
    for _ in 0..<8 {
      guard let following = tokens.next(line) else { return false }
      token = following
      if token.isQuoted {
        LineTokens.set(.transportFailure, token, &fields)
        return tokens.take(.requestBytes, line, into: &fields)
      }
    }
    return false
  }

  /// Cluster, three addresses, the name in the handshake, the route: as far as they are there.
  private static func names(_ line: RawSpan, _ tokens: inout LineTokens, _ fields: inout FieldSet) {
    guard tokens.take(.upstream, line, into: &fields) else { return }
    guard tokens.take(nil, line, into: &fields), tokens.take(nil, line, into: &fields),
      let peer = tokens.next(line)
    else { return }
    if !fields.hasValue(.client, line) { LineTokens.set(.client, peer, &fields) }
    guard tokens.take(nil, line, into: &fields) else { return }
    _ = tokens.take(.route, line, into: &fields)
  }

  private static func isNumber(_ line: RawSpan, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty, range.count < 20 else { return false }
    for index in range where line.byte(at: index) < 0x30 || line.byte(at: index) > 0x39 { return false }
    return true
  }

  private static func isFlags(_ line: RawSpan, _ range: Range<Int>?) -> Bool {
    guard let range, !range.isEmpty, range.count < 128 else { return false }
    if range.count == 1 { return line.byte(at: range.lowerBound) == 0x2D }
    for index in range {
      let byte = line.byte(at: index)
      let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
      guard isLetter || byte == 0x2C || byte >= 0x30 && byte <= 0x39 else { return false }
    }
    return true
  }
}
