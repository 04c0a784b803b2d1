/// The request target's four forms (RFC 9112 3.2), and the host it or `Host` names.
extension RequestHead {
  /// Divides the target. Returns the default port of its scheme.
  mutating func readTarget(_ bytes: RawSpan) throws(WireFault) -> StaticString {
    let start = Int(target.lowerBound)
    let end = Int(target.upperBound)
    let hash = bytes.firstIndex(of: 0x23, from: start, to: end)
    guard hash == end else { throw WireFault(.targetCharacter, at: hash) }
    guard method != .connect else {
      try readConnectTarget(bytes)
      return ""
    }
    if bytes.byte(at: start) == 0x2f {
      divide(bytes, from: start)
      return "80"
    }
    if target.count == 1, bytes.byte(at: start) == 0x2a {
      guard method == .options else { throw WireFault(.targetAsterisk, at: start) }
      form = .asterisk
      return "80"
    }
    return try readAbsoluteTarget(bytes)
  }

  /// Path and query, from the path's first byte on.
  private mutating func divide(_ bytes: RawSpan, from start: Int) {
    let end = Int(target.upperBound)
    let question = bytes.firstIndex(of: 0x3f, from: start, to: end)
    path = ByteRange(start, question)
    query = question < end ? ByteRange(question + 1, end) : .empty
  }

  private mutating func readConnectTarget(_ bytes: RawSpan) throws(WireFault) {
    guard let parts = Authority(bytes, target), !parts.host.isEmpty, !parts.port.isEmpty else {
      throw WireFault(.targetConnect, at: Int(target.lowerBound))
    }
    form = .authority
    authority = target
    host = target
  }

  private mutating func readAbsoluteTarget(_ bytes: RawSpan) throws(WireFault) -> StaticString {
    let start = Int(target.lowerBound)
    let end = Int(target.upperBound)
    let hasHTTP = target.count >= 7 && bytes.matches(ByteRange(start, start + 7), lowercased: "http://")
    let hasHTTPS = target.count >= 8 && bytes.matches(ByteRange(start, start + 8), lowercased: "https://")
    guard hasHTTP || hasHTTPS else {
      let looksLikeAuthority = Authority(bytes, target).map { !$0.port.isEmpty } ?? false
      throw WireFault(looksLikeAuthority ? .targetConnect : .targetForm, at: start)
    }
    form = .absolute
    let authorityStart = start + (hasHTTP ? 7 : 8)
    let slash = bytes.firstIndex(of: 0x2f, from: authorityStart, to: end)
    let question = bytes.firstIndex(of: 0x3f, from: authorityStart, to: end)
    let authorityEnd = min(slash, question)
    authority = ByteRange(authorityStart, authorityEnd)
    guard let parts = Authority(bytes, authority), !parts.host.isEmpty else {
      throw WireFault(.targetAuthority, at: authorityStart)
    }
    host = authority
    divide(bytes, from: authorityEnd)
    return hasHTTP ? "80" : "443"
  }

  /// Exactly one valid `Host` in HTTP/1.1 (RFC 9112 3.2), which agrees with the target.
  ///
  /// RFC 9112 3.2.2 has a proxy ignore a `Host` that differs from an absolute target. It is refused here, because what
  /// stands behind a gateway may have read the other one.
  mutating func readHost(_ bytes: RawSpan, defaultPort: StaticString) throws(WireFault) {
    guard seen.contains(.host) else {
      guard version == .http10 else { throw WireFault(.hostMissing, at: Int(methodText.lowerBound)) }
      return
    }
    var found: Field?
    for index in fields.indices where fields[index].known == .host {
      if found != nil {
        throw WireFault(.hostDuplicate, at: Int(fields[index].line.lowerBound), field: fields[index].name)
      }
      found = fields[index]
    }
    guard let field = found else { return }
    func fault(_ rule: WireRule) -> WireFault { WireFault(rule, at: Int(field.value.lowerBound), field: field.name) }
    guard let own = Authority(bytes, field.value) else { throw fault(.hostInvalid) }
    switch form {
    case .origin:
      // The target URI is http://Host/path, and RFC 9110 4.2.1 has that refused without a host.
      guard !own.host.isEmpty else { throw fault(.hostInvalid) }
      host = field.value
    case .asterisk:
      guard !own.host.isEmpty || own.port.isEmpty else { throw fault(.hostInvalid) }
      host = field.value
    case .absolute, .authority:
      guard let parts = Authority(bytes, authority),
        parts.isSame(as: own, bytes, defaultPort: defaultPort, comparingPorts: form == .absolute)
      else {
        throw fault(.hostMismatch)
      }
    }
  }
}
