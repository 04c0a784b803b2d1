internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// Bytes to the client.

extension HTTP1DownstreamConnection: DownstreamStream, GatheringOutput {
  func startBody() {
    guard case .exchange = phase else { return }
    phase = .exchange(bodyWanted: true)
    // A body of which everything waits already is read now; `process` knows when it is running.
    process()
  }

  func holdBody() {
    guard case .exchange = phase else { return }
    phase = .exchange(bodyWanted: false)
  }

  func pauseReading() { setPausedByDriver(true) }
  func resumeReading() { setPausedByDriver(false) }

  func discardHeldBody() -> Bool {
    while !decoder.isComplete, var bytes = input, bytes.readableBytes > 0 {
      var offset = 0
      let part = decoder.next(bytes.readableBytesSpan, at: &offset)
      bytesIn += UInt64(offset)
      bytes.moveReaderIndex(forwardBy: offset)
      input = bytes
      switch part {
      case .data, .trailers: continue
      case .end: return true
      case .needMore, .failed: return false
      }
    }
    return decoder.isComplete
  }

  func sendInformational(_ head: ResponseHead, in bytes: ByteBuffer) {
    let source = bytes.readableBytesSpan
    var frame = takeOut()
    frame.writeWithOutputRawSpan(minimumWritableBytes: source.byteCount + 64) { output in
      appendStatusLine(head, source, &output)
      appendFields(head.fields, from: source, dropping: [], into: &output)
      output.appendLiteral("\r\n")
    }
    out = frame
  }

  func sendHead(
    _ head: inout ResponseHead, in bytes: ByteBuffer, as forwarded: Exchange.ForwardedHead, edits: CompiledEdits?,
    lines: [UInt8]
  ) {
    let source = bytes.readableBytesSpan
    if let edits { edits.mark(&head.fields, in: source) }
    // A response without a date gets ours (RFC 9110 section 6.6.1).
    let date = head.seen.contains(.date) ? [] : worker.httpDate(at: Clock.now())
    framing = forwarded.framing
    announcedKeepAlive = forwarded.keepsAlive && !isDraining && requests < listener.limits.requestsPerConnection
    var frame = takeOut()
    let before = frame.readableBytes
    frame.writeWithOutputRawSpan(minimumWritableBytes: source.byteCount + (edits?.lines.count ?? 0) + lines.count + 192)
    { output in
      appendStatusLine(head, source, &output)
      appendFields(head.fields, from: source, dropping: edits?.dropping ?? [], into: &output)
      if let edits { output.append(contentsOf: edits.lines.span.bytes) }
      output.append(contentsOf: lines.span.bytes)
      if !date.isEmpty {
        output.appendLiteral("Date: ")
        output.append(contentsOf: date.span.bytes)
        output.appendLiteral("\r\n")
      }
      if framing == .chunked { output.appendLiteral("Transfer-Encoding: chunked\r\n") }
      if !announcedKeepAlive {
        output.appendLiteral("Connection: close\r\n")
      } else if driver?.record.version == .http10 {
        output.appendLiteral("Connection: keep-alive\r\n")
      }
      output.appendLiteral("\r\n")
    }
    bytesOut += UInt64(frame.readableBytes - before)
    out = frame
  }

  func sendUpgrade(_ head: ResponseHead, in bytes: ByteBuffer, to name: [UInt8], lines: [UInt8]) {
    phase = .tunnel
    announcedKeepAlive = false
    let source = bytes.readableBytesSpan
    var frame = takeOut()
    frame.writeWithOutputRawSpan(minimumWritableBytes: source.byteCount + name.count + lines.count + 128) { output in
      output.appendLiteral("HTTP/1.1 101 Switching Protocols\r\n")
      appendFields(head.fields, from: source, dropping: [], into: &output)
      output.append(contentsOf: lines.span.bytes)
      output.appendLiteral("Connection: Upgrade\r\nUpgrade: ")
      output.append(contentsOf: name.span.bytes)
      output.appendLiteral("\r\n\r\n")
    }
    bytesOut += UInt64(frame.readableBytes)
    out = frame
    // What the client sent behind its request belongs to the tunnel.
    if let held = input, held.readableBytes > 0 {
      input = nil
      bytesIn += UInt64(held.readableBytes)
      driver?.tunnelBytes(held, from: .downstream, at: Clock.now())
    }
  }

  private func appendStatusLine(_ head: ResponseHead, _ source: RawSpan, _ output: inout OutputRawSpan) {
    output.appendLiteral("HTTP/1.1 ")
    output.appendDecimal(UInt64(head.status))
    output.append(0x20)
    if head.version == .http2 {
      // HTTP/2 has no words for it.
      output.appendLiteral(reasonPhrase(head.status))
    } else {
      output.appendRange(head.reason, of: source)
    }
    output.appendLiteral("\r\n")
  }

  func sendBody(_ bytes: ByteBuffer) {
    guard context != nil else { return }
    bytesOut += UInt64(bytes.readableBytes)
    if framing == .chunked { writeChunk(bytes) } else { write(bytes) }
  }

  func sendEnd(trailers: [Field], in bytes: ByteBuffer) {
    guard framing == .chunked else { return }
    let source = bytes.readableBytesSpan
    var frame = takeOut()
    frame.writeWithOutputRawSpan(minimumWritableBytes: source.byteCount + 16) { output in
      output.appendLiteral("0\r\n")
      appendFields(trailers, from: source, dropping: [], into: &output)
      output.appendLiteral("\r\n")
    }
    out = frame
  }

  func sendGenerated(_ bytes: ByteBuffer, keepsAlive: Bool) {
    bytesOut += UInt64(bytes.readableBytes)
    announcedKeepAlive = keepsAlive
    write(bytes)
    finish(reuse: keepsAlive)
  }

  func sendTunnelBytes(_ bytes: ByteBuffer) {
    guard context != nil else { return }
    bytesOut += UInt64(bytes.readableBytes)
    write(bytes)
  }
}
