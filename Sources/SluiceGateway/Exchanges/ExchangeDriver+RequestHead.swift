internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// The head as it goes upstream: the client's own, in its order and bytes, but for what a gateway must change.

extension ExchangeDriver {
  /// Fields that we always set ourselves. What a trusted proxy said in them is carried over.
  private static let ours = KnownFieldSet(
    .xForwardedFor, .xForwardedProto, .xForwardedHost, .forwarded, .xRequestID)

  func writeRequestHead(_ plan: RequestPlan, endpoint: EndpointState, into buffer: inout ByteBuffer) {
    let edits = route?.requestEdits
    let block = block
    edits?.mark(&head.fields, in: block.span.bytes)
    var dropping = Self.ours
    if let edits { dropping.formUnion(edits.dropping) }
    let host = hostLine(endpoint)
    if host != nil { dropping.insert(KnownFieldSet(.host)) }
    lines.removeAll(keepingCapacity: true)
    if let host { appendLine("Host: ", host) }
    appendForwarding()
    if let edits { lines.append(contentsOf: edits.lines) }
    appendConnection(plan)
    let (target, lines) = (target, lines)
    let capacity = block.count + target.count + lines.count + 64
    buffer.writeWithOutputRawSpan(minimumWritableBytes: capacity) { output in
      output.appendRange(head.methodText, of: block.span.bytes)
      output.append(0x20)
      if plan.replacesTarget {
        output.append(contentsOf: target.span.bytes)
      } else {
        output.appendRange(head.target, of: block.span.bytes)
      }
      output.appendLiteral(" HTTP/1.1\r\n")
      appendFields(head.fields, from: block.span.bytes, dropping: dropping, into: &output)
      output.append(contentsOf: lines.span.bytes)
    }
  }

  /// nil: the request's own Host line stays where it is.
  private func hostLine(_ endpoint: EndpointState) -> [UInt8]? {
    switch route?.route.hostRewrite ?? .keep {
    case .upstream: return endpoint.authority
    case .value: return route?.host
    case .keep:
      if head.form == .absolute || !head.seen.contains(.host) {
        guard !head.host.isEmpty else { return endpoint.authority }
        let block = block
        var bytes: [UInt8] = []
        bytes.append(block.span.bytes, head.host)
        return bytes
      }
      return nil
    }
  }

  private func appendLine(_ name: StaticString, _ value: [UInt8]) {
    lines.append(name)
    lines.append(contentsOf: value)
    lines.append("\r\n")
  }

  /// Via, X-Forwarded-*, Forwarded (RFC 7239) and the request's ID.
  private func appendForwarding() {
    let block = block
    let source = block.span.bytes
    let isTrusted = client.isTrustedProxy
    lines.append("X-Forwarded-For: ")
    if isTrusted { appendCarried(.xForwardedFor, separator: ", ") }
    lines.append(contentsOf: client.addressText)
    lines.append("\r\nX-Forwarded-Proto: ")
    if !(isTrusted && appendFirst(.xForwardedProto)) { lines.append("http") }
    if !head.host.isEmpty {
      lines.append("\r\nX-Forwarded-Host: ")
      if !(isTrusted && appendFirst(.xForwardedHost)) { lines.append(source, head.host) }
    }
    lines.append("\r\nForwarded: ")
    if isTrusted { appendCarried(.forwarded, separator: ", ") }
    appendForwardedElement(source)
    lines.append("\r\nX-Request-ID: ")
    if !(isTrusted && appendFirst(.xRequestID)) { record.id.append(to: &lines) }
    lines.append("\r\nVia: ")
    lines.append(head.version == .http10 ? "1.0 " : "1.1 ")
    lines.append(contentsOf: worker.services.nameBytes)
    lines.append("\r\n")
  }

  private func appendForwardedElement(_ source: RawSpan) {
    lines.append("for=")
    switch client.address.family {
    case .v4: lines.append(contentsOf: client.addressText)
    case .v6:
      lines.append("\"[")
      lines.append(contentsOf: client.addressText)
      lines.append("]\"")
    case .none, .unix: lines.append("unknown")
    }
    lines.append(";proto=http")
    guard !head.host.isEmpty else { return }
    lines.append(";host=\"")
    lines.append(source, head.host)
    lines.append("\"")
  }

  /// All values of a field, as one list, and the separator behind it.
  private func appendCarried(_ name: KnownField, separator: StaticString) {
    guard head.seen.contains(name) else { return }
    let block = block
    for field in head.fields where field.known == name && !field.value.isEmpty {
      lines.append(block.span.bytes, field.value)
      lines.append(separator)
    }
  }

  private func appendFirst(_ name: KnownField) -> Bool {
    guard head.seen.contains(name) else { return false }
    let block = block
    for field in head.fields where field.known == name && !field.value.isEmpty {
      lines.append(block.span.bytes, field.value)
      return true
    }
    return false
  }

  /// What is hop by hop was left out; what our own connection needs is said here. Content-Length stays where it was.
  private func appendConnection(_ plan: RequestPlan) {
    if head.framing == .chunked { lines.append("Transfer-Encoding: chunked\r\n") }
    let block = block
    let wantsTrailers = head.flags.contains(.teTrailers)
    if wantsTrailers { lines.append("TE: trailers\r\n") }
    if plan.upgrades {
      lines.append(wantsTrailers ? "Connection: Upgrade, TE\r\nUpgrade: " : "Connection: Upgrade\r\nUpgrade: ")
      lines.append(block.span.bytes, head.upgrade)
      lines.append("\r\n")
    } else if wantsTrailers {
      lines.append("Connection: TE\r\n")
    }
    lines.append("\r\n")
  }
}
