internal import SluiceWire

/// Bytes of a peer as a text of a span: valid UTF-8, for no reader of the protocol takes another.
struct SpanText {
  private(set) var bytes: [UInt8] = []

  /// - Parameter limit: bytes of the source that are kept.
  init(_ source: RawSpan, _ range: ByteRange, limit: Int = SpanEncoder.textBytesMax) {
    let offsets = range.offsets.clamped(to: 0..<source.byteCount)
    let kept = offsets.prefix(limit)
    bytes.reserveCapacity(kept.count)
    var isPlain = true
    for offset in kept {
      let byte = source.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      isPlain = isPlain && byte < 0x80
      bytes.append(byte)
    }
    if !isPlain { bytes = Array(String(decoding: bytes, as: UTF8.self).utf8) }
    if kept.count < offsets.count { bytes.append(contentsOf: "…".utf8) }
  }

  /// A query string without its question mark: all of it, or what stands before the first `=` of each part.
  init(query source: RawSpan, _ range: ByteRange, _ detail: QueryDetail) {
    self.init(source, range)
    if bytes.first == 0x3F { bytes.removeFirst() }
    guard detail == .names else { return }
    var isName = true
    bytes.removeAll { byte in
      if byte == 0x26 { isName = true } else if byte == 0x3D { isName = false }
      return !isName
    }
  }

  // MARK: Methods

  private static let methods = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
  ].map { Array($0.utf8) }

  /// Those that the semantic conventions know; any client can make up others.
  var isKnownMethod: Bool { Self.methods.contains(bytes) }

  /// The method as the beginning of a span's name.
  var nameBytes: [UInt8] { isKnownMethod ? bytes : Array("HTTP".utf8) }
}
