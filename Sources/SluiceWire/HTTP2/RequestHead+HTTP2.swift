/// A request as HTTP/2 has it (RFC 9113 section 8.3.1), in the form that everything behind the edge works with.
extension RequestHead {
  /// Reads a request's list of fields. All ranges are offsets into `block`, which is empty before and holds the list's
  /// lines, and what was added to them, afterwards.
  ///
  /// An extended CONNECT (RFC 8441) becomes what HTTP/1.1 has for it: GET with the flag `.upgrade`, and the protocol as
  /// `upgrade`. The crumbs of a cookie become one line (RFC 9113 section 8.2.3).
  ///
  /// - Parameter endsStream: no content follows.
  /// - Throws: the first rule that the request breaks.
  public mutating func read(_ list: HeaderList, endsStream: Bool, into block: inout [UInt8]) throws(WireFault) {
    forget()
    version = .http2
    flags = .keepAlive
    block.append(contentsOf: list.bytes)
    if let fault = list.fault { throw fault }
    if list.isTooLarge { throw WireFault(.headTooLarge, at: block.count) }
    fields.append(contentsOf: list.fields)
    seen = list.seen
    try readPseudoFields(list.pseudo, &block)
    try readAuthority(list.pseudo.authority, block.span.bytes)
    try readFields(block.span.bytes, endsStream: endsStream)
    joinCookies(&block)
  }

  private mutating func readPseudoFields(_ pseudo: PseudoFields, _ block: inout [UInt8]) throws(WireFault) {
    guard let text = pseudo.method else { throw WireFault(.pseudoFieldMissing, at: 0) }
    for offset in text.offsets where !ASCII.isToken(block[offset]) { throw WireFault(.methodSyntax, at: offset) }
    guard !text.isEmpty else { throw WireFault(.methodSyntax, at: Int(text.lowerBound)) }
    methodText = text
    method = Method(block.span.bytes, text)
    if method == .connect, pseudo.protocol == nil {
      guard pseudo.scheme == nil, pseudo.path == nil, let authority = pseudo.authority else {
        throw WireFault(.pseudoFieldInvalid, at: Int(text.lowerBound))
      }
      target = authority
      form = .authority
      return
    }
    guard let scheme = pseudo.scheme, !scheme.isEmpty, let path = pseudo.path else {
      throw WireFault(.pseudoFieldMissing, at: Int(text.lowerBound))
    }
    if let name = pseudo.protocol { try becomeUpgrade(to: name, &block) }
    target = path
    try readPath(block.span.bytes)
  }

  private mutating func becomeUpgrade(to name: ByteRange, _ block: inout [UInt8]) throws(WireFault) {
    guard method == .connect, !name.isEmpty else { throw WireFault(.pseudoFieldInvalid, at: Int(name.lowerBound)) }
    let start = block.count
    block.append(contentsOf: [0x47, 0x45, 0x54])
    method = .get
    methodText = ByteRange(start, block.count)
    flags.formUnion([.upgrade, .extendedConnect])
    upgrade = name
  }

  /// A path, or the asterisk of OPTIONS: the other forms of a target have pseudo-header fields of their own.
  private mutating func readPath(_ bytes: RawSpan) throws(WireFault) {
    let (start, end) = (Int(target.lowerBound), Int(target.upperBound))
    guard start < end else { throw WireFault(.pseudoFieldInvalid, at: start) }
    let first = bytes.byte(at: start)
    guard first == 0x2F || end - start == 1 && first == 0x2A else { throw WireFault(.pseudoFieldInvalid, at: start) }
    let invisible = bytes.firstInvisible(from: start, to: end)
    guard invisible == end else { throw WireFault(.targetCharacter, at: invisible) }
    _ = try readTarget(bytes)
  }

  /// Host and :authority must name the same place (RFC 9113 section 8.3.1).
  private mutating func readAuthority(_ pseudo: ByteRange?, _ bytes: RawSpan) throws(WireFault) {
    guard let pseudo else {
      guard seen.contains(.host) else { throw WireFault(.hostMissing, at: 0) }
      return try readHost(bytes, defaultPort: "443")
    }
    guard let parts = Authority(bytes, pseudo), !parts.host.isEmpty else {
      throw WireFault(.hostInvalid, at: Int(pseudo.lowerBound))
    }
    host = pseudo
    guard seen.contains(.host) else { return }
    var isFirst = true
    for field in fields where field.known == .host {
      func fault(_ rule: WireRule) -> WireFault { WireFault(rule, at: Int(field.value.lowerBound), field: field.name) }
      guard isFirst else { throw fault(.hostDuplicate) }
      isFirst = false
      guard let own = Authority(bytes, field.value) else { throw fault(.hostInvalid) }
      guard parts.isSame(as: own, bytes, defaultPort: "443", comparingPorts: true) else { throw fault(.hostMismatch) }
    }
  }

  private mutating func readFields(_ bytes: RawSpan, endsStream: Bool) throws(WireFault) {
    for index in fields.indices where fields[index].known == .unknown {
      fields[index].flags.formUnion(try FieldSection.confusion(bytes, fields[index].name))
    }
    var declared = FramingFields(role: .request)
    if seen.contains(.contentLength) { try declared.read(bytes, seen, version: .http2, &fields) }
    if flags.contains(.extendedConnect) {
      framing = .none
    } else if endsStream {
      guard declared.length ?? 0 == 0 else { throw WireFault(.contentLengthMismatch, at: 0) }
      framing = declared.length == nil ? .none : .length(0)
    } else {
      framing = declared.length.map { .length($0) } ?? .chunked
    }
    if seen.contains(.te) { flags.formUnion(.teTrailers) }
    if seen.contains(.trailer) { flags.formUnion(.hasTrailerField) }
    guard seen.contains(.expect) else { return }
    for field in fields where field.known == .expect {
      flags.formUnion(bytes.matches(field.value, lowercased: "100-continue") ? .expectContinue : .unknownExpectation)
    }
  }

  private mutating func joinCookies(_ block: inout [UInt8]) {
    guard seen.contains(.cookie) else { return }
    let crumbs = fields.indices.filter { fields[$0].known == .cookie }
    guard crumbs.count > 1 else { return }
    let start = block.count
    block.append(contentsOf: "cookie: ".utf8)
    for index in crumbs {
      if index != crumbs.first { block.append(contentsOf: [0x3B, ASCII.space]) }
      block.append(contentsOf: block[fields[index].value.offsets])
      fields[index].flags.formUnion(.dropped)
    }
    let end = block.count
    block.append(contentsOf: [ASCII.carriageReturn, ASCII.lineFeed])
    fields.append(
      Field(
        name: ByteRange(start, start + 6), value: ByteRange(start + 8, end), line: ByteRange(start, block.count),
        known: .cookie))
  }
}
