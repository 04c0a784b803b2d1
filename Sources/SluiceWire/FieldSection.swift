/// The field lines of a head or a trailer section (RFC 9112 5).
///
/// A name that is known needs no check of its characters: the comparison was one. Only a name that is not, which is the
/// less frequent case, is checked byte by byte, and what is wrong with a line is only found out where something is.
enum FieldSection {
  /// Appends the field lines from `start` on, up to an empty line or the end of the bytes.
  static func parse(
    _ bytes: RawSpan, from start: Int, role: MessageRole, into fields: inout [Field]
  ) throws(WireFault) -> KnownFieldSet {
    let end = bytes.byteCount
    var seen: KnownFieldSet = []
    var position = start
    if position < end, ASCII.isBlank(bytes.byte(at: position)) {
      throw WireFault(.whitespaceBeforeFirstField, at: position)
    }
    while position < end {
      if bytes.byte(at: position) == ASCII.carriageReturn {
        guard position &+ 1 < end, bytes.byte(at: position &+ 1) == ASCII.lineFeed else {
          throw WireFault(.bareCarriageReturn, at: position)
        }
        break
      }
      let field = try line(bytes, at: position, role: role)
      seen.insert(field.known)
      position = Int(field.line.upperBound)
      fields.append(field)
    }
    return seen
  }

  @inline(__always)
  private static func line(_ bytes: RawSpan, at start: Int, role: MessageRole) throws(WireFault) -> Field {
    let colon = bytes.firstIndex(of: ASCII.colon, from: start, to: bytes.byteCount)
    var nameEnd = colon
    var flags: FieldFlags = []
    var known = KnownField.unknown
    if colon < bytes.byteCount {
      known = KnownField.lookUp(NameWords(bytes, at: start, count: colon &- start))
    }
    if known == .unknown {
      nameEnd = try checkName(bytes, start, colon: colon, role: role)
      if nameEnd != colon {
        flags = .needsRewrite
        known = KnownField.lookUp(NameWords(bytes, at: start, count: nameEnd &- start))
      } else if role == .request {
        flags = try confusion(bytes, ByteRange(start, nameEnd))
      }
    }
    if KnownFieldSet.hopByHop.contains(known) { flags.formUnion(.hopByHop) }
    let name = ByteRange(start, nameEnd)
    var valueEnd = bytes.firstControl(from: colon &+ 1, to: bytes.byteCount)
    try checkLineEnd(bytes, at: valueEnd, name: name)
    var lineEnd = valueEnd &+ 2
    var value = bytes.trimmed(colon &+ 1, valueEnd)
    while lineEnd < bytes.byteCount, ASCII.isBlank(bytes.byte(at: lineEnd)) {
      guard role == .response else { throw WireFault(.obsoleteFolding, at: lineEnd, field: name) }
      flags.formUnion(.needsRewrite)
      valueEnd = bytes.firstControl(from: lineEnd, to: bytes.byteCount)
      try checkLineEnd(bytes, at: valueEnd, name: name)
      let more = bytes.trimmed(lineEnd, valueEnd)
      if value.isEmpty { value = more } else if !more.isEmpty { value.upperBound = more.upperBound }
      lineEnd = valueEnd &+ 2
    }
    return Field(name: name, value: value, line: ByteRange(start, lineEnd), known: known, flags: flags)
  }

  /// A value ends at the first control character, which must be the line's end.
  @inline(__always)
  private static func checkLineEnd(_ bytes: RawSpan, at offset: Int, name: ByteRange) throws(WireFault) {
    guard offset &+ 1 < bytes.byteCount, bytes.byte(at: offset) == ASCII.carriageReturn,
      bytes.byte(at: offset &+ 1) == ASCII.lineFeed
    else {
      throw WireFault(controlRule(bytes, at: offset), at: offset, field: name)
    }
  }

  /// The rule that a control character in a line breaks.
  static func controlRule(_ bytes: RawSpan, at offset: Int) -> WireRule {
    guard offset < bytes.byteCount else { return .bareCarriageReturn }
    return switch bytes.byte(at: offset) {
    case 0: .nul
    case ASCII.lineFeed: .bareLineFeed
    case ASCII.carriageReturn: .bareCarriageReturn
    default: .controlCharacter
    }
  }

  /// Checks a name that is not in the table, and finds its end: the colon, or, in a response, the whitespace before it.
  @inline(never)
  private static func checkName(
    _ bytes: RawSpan, _ start: Int, colon: Int, role: MessageRole
  ) throws(WireFault) -> Int {
    var end = start
    while end < colon, ASCII.isToken(bytes.byte(at: end)) { end &+= 1 }
    let name = ByteRange(start, end)
    guard end < colon || colon == bytes.byteCount else {
      guard end > start else { throw WireFault(.fieldNameEmpty, at: start) }
      return end
    }
    var next = end
    while next < colon, ASCII.isBlank(bytes.byte(at: next)) { next &+= 1 }
    if next == colon, colon < bytes.byteCount {
      guard end > start else { throw WireFault(.fieldNameEmpty, at: start) }
      guard role == .response else { throw WireFault(.whitespaceBeforeColon, at: end, field: name) }
      return end
    }
    guard next < bytes.byteCount else { throw WireFault(.fieldColonMissing, at: start, field: name) }
    switch bytes.byte(at: next) {
    case ASCII.carriageReturn, ASCII.lineFeed:
      let isLineEnd =
        next + 1 < bytes.byteCount && bytes.byte(at: next) == ASCII.carriageReturn
        && bytes.byte(at: next + 1) == ASCII.lineFeed
      throw WireFault(isLineEnd ? .fieldColonMissing : controlRule(bytes, at: next), at: start, field: name)
    case 0: throw WireFault(.nul, at: next, field: name)
    default: throw WireFault(.fieldNameSyntax, at: end, field: name)
    }
  }

  /// Names that are not a framing field's but that some reader takes for it: a CGI-style interface turns hyphens into
  /// underscores, so that `Content_Length` arrives as `Content-Length` does. Refused for framing fields, doubled
  /// hyphens included. Twins of forwarding fields, which a gateway makes itself, are left out.
  @inline(__always)
  static func confusion(_ bytes: RawSpan, _ name: ByteRange) throws(WireFault) -> FieldFlags {
    // Shorter than "x-real-ip", or longer than any of them with a separator or two doubled.
    guard 9...24 ~= name.count else { return [] }
    return try confusionOfSeparators(bytes, name)
  }

  @inline(never)
  private static func confusionOfSeparators(_ bytes: RawSpan, _ name: ByteRange) throws(WireFault) -> FieldFlags {
    switch ASCII.lowercased(bytes.byte(at: Int(name.lowerBound))) {
    case 0x63 where isTwin(bytes, name, of: "contentlength"), 0x74 where isTwin(bytes, name, of: "transferencoding"):
      throw WireFault(.fieldNameConfusable, at: Int(name.lowerBound), field: name)
    case 0x78:
      let isForwarding =
        isTwin(bytes, name, of: "xforwardedfor") || isTwin(bytes, name, of: "xforwardedproto")
        || isTwin(bytes, name, of: "xforwardedhost") || isTwin(bytes, name, of: "xforwardedport")
        || isTwin(bytes, name, of: "xforwardedserver") || isTwin(bytes, name, of: "xrealip")
        || isTwin(bytes, name, of: "xrequestid")
      return isForwarding ? .dropped : []
    default: return []
    }
  }

  /// The name without its hyphens and underscores, of which it has some, is `text`.
  private static func isTwin(_ bytes: RawSpan, _ name: ByteRange, of text: StaticString) -> Bool {
    text.withUTF8Buffer { expected in
      guard name.count > expected.count else { return false }
      var matched = 0
      for offset in name.offsets {
        let byte = ASCII.lowercased(bytes.byte(at: offset))
        if byte == 0x2d || byte == 0x5f { continue }
        guard matched < expected.count, expected[matched] == byte else { return false }
        matched += 1
      }
      return matched == expected.count
    }
  }
}
