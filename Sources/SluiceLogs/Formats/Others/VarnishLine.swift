/// Divides records as varnishlog shows them: `-   FetchError     backend default: unhealthy`, or with the transaction's
/// number and a letter for its side (`varnishlog -g raw`).
enum VarnishLine {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    // What the manager writes to syslog of its worker: only the name of the program tells whose it is.
    if fields.writer == .varnish, line.has("Child (", at: 0) {
      fields.set(.message, 0, line.byteCount)
      return true
    }
    var tokens = LineTokens(position: 0)
    guard line.byteCount > 8, let mark = tokens.next(line), !mark.isQuoted, isMark(line, mark.range),
      let tag = tokens.next(line), isTag(line, tag.range)
    else { return false }
    fields.set(.logger, tag.range.lowerBound, tag.range.upperBound)
    var position = tokens.position
    while position < line.byteCount, line.byte(at: position) == 0x20 { position += 1 }
    let isSide = position + 1 < line.byteCount && line.byte(at: position + 1) == 0x20
    if isSide, [0x62, 0x63, 0x2D].contains(line.byte(at: position)) { position += 2 }
    while position < line.byteCount, line.byte(at: position) == 0x20 { position += 1 }
    if position < line.byteCount { fields.set(.message, position, line.byteCount) }
    return true
  }

  /// Dashes for the depth, or a number.
  private static func isMark(_ line: RawSpan, _ range: Range<Int>) -> Bool {
    guard range.count < 20 else { return false }
    let first = line.byte(at: range.lowerBound)
    for index in range {
      let byte = line.byte(at: index)
      guard first == 0x2D ? byte == 0x2D : byte >= 0x30 && byte <= 0x39 else { return false }
    }
    return true
  }

  private static func isTag(_ line: RawSpan, _ range: Range<Int>) -> Bool {
    for tag: StaticString in [
      "FetchError", "Backend_health", "BereqURL", "BereqMethod", "BereqProtocol", "BereqHeader", "BereqAcct",
      "BereqUnset", "BerespStatus", "BerespReason", "BerespProtocol", "BerespHeader", "BerespUnset", "BackendOpen",
      "BackendClose", "BackendReuse", "BackendStart", "Begin", "End", "Link", "ReqURL", "ReqMethod", "ReqProtocol",
      "ReqHeader", "ReqUnset", "ReqStart", "ReqAcct", "RespStatus", "RespReason", "RespProtocol", "RespHeader",
      "RespUnset", "VCL_call", "VCL_return", "VCL_Error", "VCL_use", "VCL_acl", "Timestamp", "TTL", "Storage",
      "Length", "Error", "SessOpen", "SessClose", "Fetch_Body", "Filters", "Gzip", "Hit", "HitMiss", "HitPass", "CLI",
    ] where range.count == tag.utf8CodeUnitCount && line.has(tag, at: range.lowerBound) {
      return true
    }
    return false
  }
}
