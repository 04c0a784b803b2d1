/// Finds the parts of a body while its bytes arrive (RFC 9112 6, 7).
///
/// Content is handed out as ranges of the bytes that came in, never copied. Chunk extensions are checked, counted and
/// left out; a proxy has no use for them (RFC 9112 7.1.1).
public struct BodyDecoder: Sendable {
  public let framing: BodyFraming
  public let limits: ChunkLimits
  private var left: UInt64 = 0
  private var isDone = false
  private var chunks: ChunkMachine

  public init(_ framing: BodyFraming, limits: ChunkLimits = ChunkLimits()) {
    self.framing = framing
    self.limits = limits
    chunks = ChunkMachine(limits: limits)
    switch framing {
    case .none: isDone = true
    case .length(let length):
      left = length
      isDone = length == 0
    case .chunked, .untilClose: break
    }
  }

  /// The next part of the body in `bytes`, from `offset` on, which moves behind it.
  ///
  /// Called until it returns `.needMore` or `.end`. After `.failed` nothing more can be said about the stream.
  public mutating func next(_ bytes: RawSpan, at offset: inout Int) -> BodyPart {
    if isDone { return .end }
    guard offset < bytes.byteCount else { return .needMore }
    let start = offset
    switch framing {
    case .none: return .end
    case .length:
      let count = Int(min(left, UInt64(bytes.byteCount - start)))
      left -= UInt64(count)
      isDone = left == 0
      offset = start + count
      return .data(ByteRange(start, offset))
    case .untilClose:
      offset = bytes.byteCount
      return .data(ByteRange(start, offset))
    case .chunked:
      let part = chunks.next(bytes, at: &offset)
      isDone = chunks.isDone
      return part
    }
  }

  /// Nothing of the body is missing.
  public var isComplete: Bool { isDone }

  /// Bytes of content still to come, where that is known: not for chunked and close-delimited bodies.
  public var remaining: UInt64? {
    switch framing {
    case .none: 0
    case .length: left
    case .chunked, .untilClose: nil
    }
  }

  /// The peer has closed its side. True if the body was whole: a close-delimited one is by that.
  public mutating func endOfInput() -> Bool {
    if framing == .untilClose { isDone = true }
    return isDone
  }
}
