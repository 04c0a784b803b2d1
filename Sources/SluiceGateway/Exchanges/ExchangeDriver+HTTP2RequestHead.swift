internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// The head as it goes to an HTTP/2 endpoint: the same fields, and pseudo-header fields for the request line.

extension ExchangeDriver {
  /// - Parameter block: the header block, encoded.
  func appendHTTP2Request(_ plan: RequestPlan, endpoint: EndpointState, to encoded: inout [UInt8]) {
    let (block, target, edits) = (block, target, route?.requestEdits)
    let source = block.span.bytes
    if let edits { edits.mark(&head.fields, in: source) }
    var dropping = Self.ours
    dropping.formUnion(droppedTraceFields)
    if let edits { dropping.formUnion(edits.dropping) }
    dropping.insert(KnownFieldSet(.host))
    if client.certificate != nil || !client.isTrustedProxy { dropping.formUnion(Self.certificateFields) }
    if plan.upgrades { dropping.insert(KnownFieldSet(.secWebSocketKey)) }
    let host = hostLine(endpoint)
    let method = source.extracting(head.methodText.offsets)
    let authority = host.map { $0 } ?? bytes(of: head.host)
    let path = plan.replacesTarget ? target : bytes(of: head.target)
    let name: [UInt8]? = plan.upgrades ? bytes(of: head.upgrade) : nil
    if let name {
      HPACKEncoder.appendRequest(
        method: method, isSecure: endpoint.isSecure, authority: authority.span.bytes, path: path.span.bytes,
        extendedConnect: name.span.bytes, to: &encoded)
    } else {
      HPACKEncoder.appendRequest(
        method: method, isSecure: endpoint.isSecure, authority: authority.span.bytes, path: path.span.bytes,
        to: &encoded)
    }
    HPACKEncoder.append(head.fields, from: source, dropping: dropping, to: &encoded)
    let lines = addedLines(source, edits)
    HPACKEncoder.appendLines(lines.readableBytesSpan, dropping: .hopByHop, to: &encoded)
    worker.giveBack(scratch: lines)
    if let edits { HPACKEncoder.appendLines(edits.lines.span.bytes, dropping: .hopByHop, to: &encoded) }
    if head.flags.contains(.teTrailers) {
      HPACKEncoder.append(name: Self.te.span.bytes, value: Self.trailers.span.bytes, to: &encoded)
    }
  }

  private static let te = Array("te".utf8)
  private static let trailers = Array("trailers".utf8)

  private func bytes(of range: ByteRange) -> [UInt8] { Array(block[range.offsets]) }

  /// What a gateway adds, as the lines that HTTP/1.1 has for it.
  private func addedLines(_ source: RawSpan, _ edits: CompiledEdits?) -> ByteBuffer {
    let (address, name) = (client.addressText, worker.services.nameBytes)
    let certificate = client.certificate?.line ?? []
    var lines = worker.takeScratch()
    let capacity = 2 * block.count + 2 * address.count + name.count + certificate.count + Self.addedTextMax
    lines.writeWithOutputRawSpan(minimumWritableBytes: capacity) { output in
      appendForwarding(for: address.span.bytes, from: source, to: &output)
      appendVia(name.span.bytes, to: &output)
      appendTraceParent(edits, to: &output)
      output.append(contentsOf: certificate.span.bytes)
    }
    return lines
  }
}
