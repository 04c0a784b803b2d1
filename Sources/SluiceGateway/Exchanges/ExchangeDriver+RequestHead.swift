internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// The head as it goes upstream: the client's own, in its order and bytes, but for what a gateway must change. It is
// written straight into the buffer that is sent; nothing of it is gathered first.

extension ExchangeDriver {
  /// Fields that we always set ourselves. What a trusted proxy said in them is carried over.
  static let ours = KnownFieldSet(
    .xForwardedFor, .xForwardedProto, .xForwardedHost, .forwarded, .xRequestID)

  /// RFC 9440: what a client says of its certificate itself is worth nothing.
  static let certificateFields = KnownFieldSet(.clientCert, .clientCertChain)

  /// Bytes of the texts that are always added: names of fields, the request's ID, the span's, ports and quotes.
  static let addedTextMax = 512

  func writeRequestHead(_ plan: RequestPlan, endpoint: EndpointState, into buffer: inout ByteBuffer) {
    let (block, target, edits) = (block, target, route?.requestEdits)
    if let edits { edits.mark(&head.fields, in: block.span.bytes) }
    var dropping = Self.ours
    dropping.formUnion(droppedTraceFields)
    if let edits { dropping.formUnion(edits.dropping) }
    let host = hostLine(endpoint)
    if host != nil { dropping.insert(KnownFieldSet(.host)) }
    if client.certificate != nil || !client.isTrustedProxy { dropping.formUnion(Self.certificateFields) }
    let certificate = client.certificate?.line ?? []
    if plan.webSocketKey != nil { dropping.insert(KnownFieldSet(.secWebSocketKey)) }
    let (address, name) = (client.addressText, worker.services.nameBytes)
    let capacity =
      3 * block.count + target.count + (host?.count ?? 0) + (edits?.lines.count ?? 0) + 2 * address.count
      + name.count + certificate.count + Self.addedTextMax
    buffer.writeWithOutputRawSpan(minimumWritableBytes: capacity) { output in
      let source = block.span.bytes
      output.appendRange(head.methodText, of: source)
      output.append(0x20)
      if plan.replacesTarget {
        output.append(contentsOf: target.span.bytes)
      } else {
        output.appendRange(head.target, of: source)
      }
      output.appendLiteral(" HTTP/1.1\r\n")
      appendFields(head.fields, from: source, dropping: dropping, into: &output)
      if let host {
        output.appendLiteral("Host: ")
        output.append(contentsOf: host.span.bytes)
        output.appendLiteral("\r\n")
      }
      appendForwarding(for: address.span.bytes, from: source, to: &output)
      appendVia(name.span.bytes, to: &output)
      appendTraceParent(edits, to: &output)
      output.append(contentsOf: certificate.span.bytes)
      if let edits { output.append(contentsOf: edits.lines.span.bytes) }
      appendConnection(plan, from: source, to: &output)
    }
  }

  /// nil: the request's own Host line stays where it is.
  func hostLine(_ endpoint: EndpointState) -> [UInt8]? {
    switch route?.route.hostRewrite ?? .keep {
    case .upstream: return endpoint.authority
    case .value: return route?.host
    case .keep:
      guard head.form == .absolute || !head.seen.contains(.host) else { return nil }
      guard !head.host.isEmpty else { return endpoint.authority }
      let block = block
      var bytes: [UInt8] = []
      bytes.append(block.span.bytes, head.host)
      return bytes
    }
  }

  /// What is hop by hop was left out; what our own connection needs is said here. Content-Length stays where it was.
  private func appendConnection(_ plan: RequestPlan, from source: RawSpan, to output: inout OutputRawSpan) {
    if head.framing == .chunked { output.appendLiteral("Transfer-Encoding: chunked\r\n") }
    let wantsTrailers = head.flags.contains(.teTrailers)
    if wantsTrailers { output.appendLiteral("TE: trailers\r\n") }
    if plan.upgrades {
      output.appendLiteral(wantsTrailers ? "Connection: Upgrade, TE\r\nUpgrade: " : "Connection: Upgrade\r\nUpgrade: ")
      output.appendRange(head.upgrade, of: source)
      output.appendLiteral("\r\n")
      if let key = plan.webSocketKey {
        output.appendLiteral("Sec-WebSocket-Key: ")
        output.append(contentsOf: key.span.bytes)
        output.appendLiteral("\r\n")
      }
    } else if wantsTrailers {
      output.appendLiteral("Connection: TE\r\n")
    }
    output.appendLiteral("\r\n")
  }
}

// MARK: Forwarding fields

/// X-Forwarded-*, Forwarded (RFC 7239), the request's ID and Via, as they stand in the head that goes upstream.
extension ExchangeDriver {
  /// - Parameter address: the client's, as text.
  func appendForwarding(for address: RawSpan, from source: RawSpan, to output: inout OutputRawSpan) {
    let isTrusted = client.isTrustedProxy
    output.appendLiteral("X-Forwarded-For: ")
    if isTrusted { appendCarried(.xForwardedFor, source, &output) }
    output.append(contentsOf: address)
    output.appendLiteral("\r\nX-Forwarded-Proto: ")
    if !(isTrusted && appendFirst(.xForwardedProto, source, &output)) { appendScheme(&output) }
    if !head.host.isEmpty {
      output.appendLiteral("\r\nX-Forwarded-Host: ")
      if !(isTrusted && appendFirst(.xForwardedHost, source, &output)) { output.appendRange(head.host, of: source) }
    }
    output.appendLiteral("\r\nForwarded: ")
    if isTrusted { appendCarried(.forwarded, source, &output) }
    appendForwardedElement(for: address, source, &output)
    output.appendLiteral("\r\nX-Request-ID: ")
    if !(isTrusted && appendFirst(.xRequestID, source, &output)) { record.id.append(to: &output) }
  }

  func appendVia(_ name: RawSpan, to output: inout OutputRawSpan) {
    output.appendLiteral("\r\nVia: ")
    switch head.version {
    case .http10: output.appendLiteral("1.0 ")
    case .http11: output.appendLiteral("1.1 ")
    case .http2: output.appendLiteral("2.0 ")
    }
    output.append(contentsOf: name)
    output.appendLiteral("\r\n")
  }

  private func appendForwardedElement(for address: RawSpan, _ source: RawSpan, _ output: inout OutputRawSpan) {
    switch client.address.family {
    case .v4:
      output.appendLiteral("for=")
      output.append(contentsOf: address)
    case .v6:
      output.appendLiteral("for=\"[")
      output.append(contentsOf: address)
      output.appendLiteral("]\"")
    case .none, .unix:
      output.appendLiteral("for=unknown")
    }
    output.appendLiteral(";proto=")
    appendScheme(&output)
    guard !head.host.isEmpty else { return }
    output.appendLiteral(";host=\"")
    output.appendRange(head.host, of: source)
    output.append(0x22)
  }

  private func appendScheme(_ output: inout OutputRawSpan) {
    output.appendLiteral(client.isSecure ? "https" : "http")
  }

  /// All values of a field, as the beginning of one list.
  private func appendCarried(_ name: KnownField, _ source: RawSpan, _ output: inout OutputRawSpan) {
    guard head.seen.contains(name) else { return }
    for field in head.fields where field.known == name && !field.value.isEmpty {
      output.appendRange(field.value, of: source)
      output.appendLiteral(", ")
    }
  }

  private func appendFirst(_ name: KnownField, _ source: RawSpan, _ output: inout OutputRawSpan) -> Bool {
    guard head.seen.contains(name) else { return false }
    for field in head.fields where field.known == name && !field.value.isEmpty {
      output.appendRange(field.value, of: source)
      return true
    }
    return false
  }
}
