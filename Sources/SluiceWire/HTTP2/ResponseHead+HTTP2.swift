/// A response as HTTP/2 has it (RFC 9113 section 8.3.2).
extension ResponseHead {
  /// Reads a response's list of fields. All ranges are offsets into the list's bytes.
  ///
  /// A body without a length is `.chunked`: its end is told by the stream, as a last chunk tells it.
  ///
  /// - Parameter endsStream: no content follows.
  /// - Throws: the first rule that the response breaks.
  public mutating func read(
    _ list: HeaderList, endsStream: Bool, requestMethod: Method
  ) throws(WireFault) {
    fields.removeAll(keepingCapacity: true)
    keepAliveTimeout = nil
    upgrade = .empty
    reason = .empty
    version = .http2
    flags = .keepAlive
    if let fault = list.fault { throw fault }
    if list.isTooLarge { throw WireFault(.headTooLarge, at: list.bytes.count) }
    fields.append(contentsOf: list.fields)
    seen = list.seen
    try readStatus(list.pseudo.status, list.bytes)
    try readFraming(list.bytes.span.bytes, endsStream: endsStream, requestMethod)
    if seen.contains(.trailer) { flags.formUnion(.hasTrailerField) }
  }

  /// Three digits. There is no 101 in HTTP/2 (RFC 9113 section 8.6).
  private mutating func readStatus(_ range: ByteRange?, _ bytes: [UInt8]) throws(WireFault) {
    guard let range else { throw WireFault(.pseudoFieldMissing, at: 0) }
    status = 0
    for offset in range.offsets {
      let digit = bytes[offset] &- 0x30
      guard digit < 10, range.count == 3 else { throw WireFault(.statusCode, at: Int(range.lowerBound)) }
      status = status * 10 + UInt16(digit)
    }
    guard status >= 100, status != 101 else { throw WireFault(.statusCode, at: Int(range.lowerBound)) }
  }

  private mutating func readFraming(
    _ bytes: RawSpan, endsStream: Bool, _ requestMethod: Method
  ) throws(WireFault) {
    var declared = FramingFields(role: .response)
    if seen.contains(.contentLength) { try declared.read(bytes, seen, version: .http2, &fields) }
    let hasNoContent = status < 200 || status == 204
    if hasNoContent {
      for index in fields.indices where fields[index].known == .contentLength {
        fields[index].flags.formUnion(.dropped)
      }
    }
    if hasNoContent || requestMethod == .head || status == 304 {
      framing = .none
    } else if let length = declared.length {
      guard !endsStream || length == 0 else { throw WireFault(.contentLengthMismatch, at: 0) }
      framing = .length(length)
    } else {
      framing = .chunked
    }
  }
}

extension HeaderList {
  /// The fields of a trailer section; those that may not stand there are marked `.dropped` (RFC 9110 section 6.5.1).
  public var trailerFields: [Field] {
    fields.map { field in
      var field = field
      if KnownFieldSet.notInTrailers.contains(field.known) { field.flags.formUnion(.dropped) }
      return field
    }
  }
}
