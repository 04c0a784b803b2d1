/// Divides lines of AWS' balancers. Fields were added at the end over the years: what stands behind the user agent may
/// be missing, and what follows the last field that is known is skipped.
enum AWSLine {
  static func balancer(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    var tokens = LineTokens(position: 0)
    guard let kind = tokens.next(line), isProtocol(line, kind.range), times(line, &tokens, &fields) else {
      return false
    }
    fields.set(.scheme, kind.range.lowerBound, kind.range.upperBound)
    // Cipher, version, target group, trace, name, certificate, rule, time of creation, actions, redirect, error.
    let rest: [LogField?] = [
      nil, .tlsVersion, .upstream, .requestID, .host, nil, .route, nil, .action, nil, .reason,
    ]
    for field in rest where !tokens.take(field, line, into: &fields) { break }
    nameGroup(line, &fields)
    return true
  }

  /// `my-targets` of `arn:aws:…:targetgroup/my-targets/73e2d6bc24d8a067`.
  private static func nameGroup(_ line: RawSpan, _ fields: inout FieldSet) {
    guard let group = fields.range(.upstream) else { return }
    let start = ByteScan.first(0x2F, in: line, from: group.lowerBound, to: group.upperBound) + 1
    guard start < group.upperBound else { return }
    let end = ByteScan.first(0x2F, in: line, from: start, to: group.upperBound)
    if end > start { fields.set(.upstream, start, end) }
  }

  static func classic(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard line.byteCount > 30, line.byte(at: 10) == 0x54 else { return false }
    var tokens = LineTokens(position: 0)
    guard times(line, &tokens, &fields) else { return false }
    guard tokens.take(nil, line, into: &fields) else { return true }
    _ = tokens.take(.tlsVersion, line, into: &fields)
    return true
  }

  /// From the time to the user agent, which the first classic balancers did not write.
  private static func times(_ line: RawSpan, _ tokens: inout LineTokens, _ fields: inout FieldSet) -> Bool {
    let first: [LogField] = [
      .time, .listener, .client, .endpoint, .requestTime, .upstreamResponseTime, .responseTime, .status,
      .upstreamStatus, .requestBytes, .bytes, .request,
    ]
    for field in first {
      guard let token = tokens.next(line), token.isQuoted == (field == .request) else { return false }
      LineTokens.set(field, token, &fields)
    }
    for field: LogField in [.requestTime, .upstreamResponseTime, .responseTime] where !isTime(line, fields.range(field))
    {
      return false
    }
    _ = tokens.take(.userAgent, line, into: &fields)
    return true
  }

  /// `0.001` or `-1`.
  private static func isTime(_ line: RawSpan, _ range: Range<Int>?) -> Bool {
    guard let range, !range.isEmpty, range.count < 20 else { return false }
    for index in range {
      let byte = line.byte(at: index)
      guard byte >= 0x30 && byte <= 0x39 || byte == 0x2E || byte == 0x2D else { return false }
    }
    return true
  }

  private static func isProtocol(_ line: RawSpan, _ range: Range<Int>) -> Bool {
    for name: StaticString in ["http", "https", "h2", "grpcs", "ws", "wss"]
    where range.count == name.utf8CodeUnitCount && line.has(name, at: range.lowerBound) {
      return true
    }
    return false
  }
}
