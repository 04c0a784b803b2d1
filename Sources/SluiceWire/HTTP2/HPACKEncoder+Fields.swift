/// Whole field sections in one go.
extension HPACKEncoder {
  /// Fields whose values nobody on the way may keep (RFC 7541 section 7.1.3).
  private static let secret = KnownFieldSet(.authorization, .proxyAuthorization, .cookie, .setCookie)

  /// The fields of a head that are passed on: none that is hop-by-hop, marked as dropped, or in `dropping`.
  public static func append(
    _ fields: [Field], from source: RawSpan, dropping: KnownFieldSet, to block: inout [UInt8]
  ) {
    for field in fields {
      let isLeftOut = !field.flags.isDisjoint(with: [.hopByHop, .dropped]) || dropping.contains(field.known)
      if isLeftOut { continue }
      let name = source.extracting(field.name.offsets)
      let value = source.extracting(field.value.offsets)
      let start = block.count
      append(name: name, known: field.known, value: value, isSecret: secret.contains(field.known), to: &block)
      if field.flags.contains(.needsRewrite) { unfold(&block, from: start) }
    }
  }

  /// Lines as HTTP/1.1 has them, `Name: value` and a line end each, up to an empty line or the end.
  public static func appendLines(_ lines: RawSpan, dropping: KnownFieldSet, to block: inout [UInt8]) {
    var start = 0
    while start < lines.byteCount {
      let end = lines.firstIndex(of: ASCII.carriageReturn, from: start, to: lines.byteCount)
      let colon = lines.firstIndex(of: ASCII.colon, from: start, to: end)
      guard colon < end else { return }
      let name = ByteRange(start, colon)
      let known = KnownField(lines, name: name)
      if !dropping.contains(known) {
        let value = lines.trimmed(colon + 1, end)
        append(
          name: lines.extracting(name.offsets), known: known, value: lines.extracting(value.offsets),
          isSecret: secret.contains(known), to: &block)
      }
      start = end + 2
    }
  }

  /// Spaces for the line breaks of a folded value (RFC 9112 section 5.2).
  private static func unfold(_ block: inout [UInt8], from start: Int) {
    for index in start..<block.count
    where block[index] == ASCII.carriageReturn || block[index] == ASCII.lineFeed {
      block[index] = ASCII.space
    }
  }

  /// The pseudo-header fields of a request (RFC 9113 section 8.3.1, RFC 8441 section 4).
  public static func appendRequest(
    method: RawSpan, isSecure: Bool, authority: RawSpan, path: RawSpan, extendedConnect: RawSpan? = nil,
    to block: inout [UInt8]
  ) {
    if let name = extendedConnect {
      appendLiteralName(":method", "CONNECT", to: &block)
      block.append(0)
      appendText(":protocol", to: &block)
      appendInteger(name.byteCount, prefix: 7, to: &block)
      name.withUnsafeBytes { block.append(contentsOf: $0) }
    } else if method.byteCount == 3, method.starts(with: "GET") {
      block.append(0x82)
    } else if method.byteCount == 4, method.starts(with: "POST") {
      block.append(0x83)
    } else {
      append(index: 2, value: method, to: &block)
    }
    block.append(isSecure ? 0x87 : 0x86)
    append(index: 1, value: authority, to: &block)
    if path.byteCount == 1, path.byte(at: 0) == 0x2F {
      block.append(0x84)
    } else {
      append(index: 4, value: path, to: &block)
    }
  }

  private static func appendLiteralName(_ name: StaticString, _ value: StaticString, to block: inout [UInt8]) {
    block.append(0)
    appendText(name, to: &block)
    appendText(value, to: &block)
  }

  private static func appendText(_ text: StaticString, to block: inout [UInt8]) {
    appendInteger(text.utf8CodeUnitCount, prefix: 7, to: &block)
    text.withUTF8Buffer { block.append(contentsOf: $0) }
  }
}
