internal import NIOCore
internal import SluiceCore
internal import SluiceWire

/// ASCII comparison of a range with lower-case bytes.
func equalsIgnoringCase(_ source: RawSpan, _ range: ByteRange, _ lowercase: [UInt8]) -> Bool {
  guard range.count == lowercase.count else { return false }
  for index in 0..<lowercase.count {
    let byte = source.unsafeLoad(fromByteOffset: Int(range.lowerBound) + index, as: UInt8.self)
    let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    if folded != lowercase[index] { return false }
  }
  return true
}

func equalsIgnoringCase(_ source: RawSpan, _ range: ByteRange, _ lowercase: StaticString) -> Bool {
  lowercase.withUTF8Buffer { equalsIgnoringCase(source, range, Array($0)) }
}

/// Whether `needle` stands in the range as a whole word.
func contains(_ source: RawSpan, _ range: ByteRange, word needle: [UInt8]) -> Bool {
  guard !needle.isEmpty, range.count >= needle.count else { return false }
  for start in 0...(range.count - needle.count) {
    let end = start + needle.count
    if matches(source, Int(range.lowerBound) + start, needle),
      start == 0 || isSeparator(source, Int(range.lowerBound) + start - 1),
      end == range.count || isSeparator(source, Int(range.lowerBound) + end)
    {
      return true
    }
  }
  return false
}

private func matches(_ source: RawSpan, _ offset: Int, _ needle: [UInt8]) -> Bool {
  for index in needle.indices
  where source.unsafeLoad(fromByteOffset: offset + index, as: UInt8.self) != needle[index] {
    return false
  }
  return true
}

private func isSeparator(_ source: RawSpan, _ offset: Int) -> Bool {
  let byte = source.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  return byte == 0x20 || byte == 0x09 || byte == 0x2C || byte == 0x28
}

extension [UInt8] {
  mutating func append(_ source: RawSpan, _ range: ByteRange) {
    source.extracting(range.offsets).withUnsafeBytes { append(contentsOf: $0) }
  }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }
}

extension ByteBuffer {
  /// The length of a chunk and its line end.
  mutating func writeChunkHeader(_ size: Int) {
    writeWithOutputRawSpan(minimumWritableBytes: ChunkText.headerCapacity) { output in
      chunkHeader(UInt64(size), into: &output)
    }
  }
}

/// Whether each protocol of an answered Upgrade is one that was asked for; names know no case (RFC 9110 section 7.8).
func isUpgrade(_ answered: ByteRange, in source: RawSpan, among asked: ByteRange, of request: RawSpan) -> Bool {
  let wanted = lowercasedElements(request, asked)
  let answers = lowercasedElements(source, answered)
  return !answers.isEmpty && answers.allSatisfy { wanted.contains($0) }
}

/// What stands between the commas of a list, without whitespace.
private func lowercasedElements(_ source: RawSpan, _ range: ByteRange) -> [[UInt8]] {
  var bytes: [UInt8] = []
  bytes.append(source, range)
  return bytes.split(separator: 0x2C).compactMap { element in
    let word = element.filter { $0 != 0x20 && $0 != 0x09 }
    return word.isEmpty ? nil : word.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }
}

extension RequestHead {
  var keepsAlive: Bool { flags.contains(.keepAlive) }
  var hasQuery: Bool { !query.isEmpty }
}

extension ResponseHead {
  var keepsAlive: Bool { flags.contains(.keepAlive) }

  /// Inlined where it is called, so that a head that somebody else holds is read there and not copied.
  @inline(__always)
  func facts(in bytes: ByteBuffer) -> ResponseFacts {
    ResponseFacts(
      status: status, framing: framing, keepsAlive: keepsAlive,
      isStream: seen.contains(.contentType) && Self.isStream(fields, in: bytes))
  }

  /// Silence is normal in an event stream and in gRPC.
  private static func isStream(_ fields: [Field], in bytes: ByteBuffer) -> Bool {
    let source = bytes.readableBytesSpan
    for field in fields where field.known == .contentType {
      return hasPrefix(source, field.value, "text/event-stream") || hasPrefix(source, field.value, "application/grpc")
    }
    return false
  }

  private static func hasPrefix(_ source: RawSpan, _ range: ByteRange, _ prefix: StaticString) -> Bool {
    let length = prefix.utf8CodeUnitCount
    guard range.count >= length else { return false }
    let start = Int(range.lowerBound)
    return equalsIgnoringCase(source, ByteRange(start, start + length), prefix)
  }
}
