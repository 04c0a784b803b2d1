/// Takes frames out of a peer's bytes while they arrive (RFC 9113 sections 4 and 6).
///
/// # Overview
/// Content is handed out as it comes, never copied; every other frame is read whole. Lengths, padding, and which frames
/// may stand on which streams and within a header block are checked here.
///
/// # Not handled here
/// The state of streams, windows, settings and their limits: these are the connection's.
public struct FrameReader: Sendable {
  public static let headerBytes = 9

  /// Bytes of a payload that we allow: what we said in SETTINGS_MAX_FRAME_SIZE.
  public let payloadMax: Int
  /// The rest of a DATA frame under way.
  private var content = Content()
  /// The stream of a header block that is not complete; 0: none.
  private var blockStreamID: UInt32 = 0

  private struct Content {
    var streamID: UInt32 = 0
    /// Bytes of content, and of padding behind it, that are still to come.
    var left = 0
    var padding = 0
    var endsStream = false
    var isOpen = false
  }

  private struct Header {
    var length: Int
    var type: FrameType?
    var flags: FrameFlags
    var streamID: UInt32
  }

  public init(payloadMax: Int = 16_384) { self.payloadMax = payloadMax }

  /// Whether a header block has begun and not ended.
  public var isInHeaderBlock: Bool { blockStreamID != 0 }

  /// Whether the last frame was taken to its end.
  public var isBetweenFrames: Bool { !content.isOpen }

  /// The next frame in `bytes`, from `offset` on, which moves behind it.
  public mutating func next(_ bytes: RawSpan, at offset: inout Int) -> FrameRead {
    if content.isOpen { return moreContent(bytes, at: &offset) }
    guard bytes.byteCount - offset >= Self.headerBytes else { return .needMore }
    let header = Self.header(bytes, at: offset)
    if let fault = check(header) { return .failed(fault) }
    let start = offset + Self.headerBytes
    if header.type == .data { return beginContent(header, bytes, at: &offset) }
    guard bytes.byteCount - start >= header.length else { return .needMore }
    offset = start + header.length
    do {
      return .frame(try read(header, bytes, start))
    } catch {
      return .failed(error)
    }
  }

  private static func header(_ bytes: RawSpan, at offset: Int) -> Header {
    let length =
      Int(bytes.byte(at: offset)) << 16 | Int(bytes.byte(at: offset + 1)) << 8 | Int(bytes.byte(at: offset + 2))
    return Header(
      length: length, type: FrameType(rawValue: bytes.byte(at: offset + 3)),
      flags: FrameFlags(rawValue: bytes.byte(at: offset + 4)), streamID: number(bytes, at: offset + 5) & 0x7fff_ffff)
  }

  private static func number(_ bytes: RawSpan, at offset: Int) -> UInt32 {
    UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  // MARK: What holds for every frame

  private func check(_ header: Header) -> HTTP2Fault? {
    if header.length > payloadMax { return HTTP2Fault(.frameTooLarge) }
    if blockStreamID != 0, header.type != .continuation || header.streamID != blockStreamID {
      return HTTP2Fault(.headerBlockInterrupted)
    }
    switch header.type {
    case .data, .headers, .priority, .rstStream:
      return header.streamID == 0 ? HTTP2Fault(.streamID) : nil
    case .settings, .ping, .goAway:
      return header.streamID != 0 ? HTTP2Fault(.streamID) : nil
    case .continuation:
      return blockStreamID == 0 ? HTTP2Fault(.continuationUnexpected) : nil
    case .pushPromise:
      return HTTP2Fault(.pushUnwanted)
    case .windowUpdate, nil:
      return nil
    }
  }

  // MARK: Content

  private mutating func beginContent(_ header: Header, _ bytes: RawSpan, at offset: inout Int) -> FrameRead {
    let isPadded = header.flags.contains(.padded)
    var start = offset + Self.headerBytes
    var padding = 0
    if isPadded {
      guard header.length > 0 else { return .failed(HTTP2Fault(.frameTooShort)) }
      guard start < bytes.byteCount else { return .needMore }
      padding = Int(bytes.byte(at: start))
      start += 1
      guard padding < header.length else { return .failed(HTTP2Fault(.paddingLength)) }
    }
    content = Content(
      streamID: header.streamID, left: header.length - padding - (isPadded ? 1 : 0), padding: padding,
      endsStream: header.flags.contains(.endStream), isOpen: true)
    offset = start
    // The byte that tells the padding's length counts too.
    return moreContent(bytes, at: &offset, extra: isPadded ? 1 : 0)
  }

  /// A frame of which only the header has come says nothing yet: as a part without content it would look empty.
  private mutating func moreContent(_ bytes: RawSpan, at offset: inout Int, extra: Int = 0) -> FrameRead {
    let start = offset
    let count = min(content.left, bytes.byteCount - start)
    content.left -= count
    offset += count
    let padding = content.left == 0 ? min(content.padding, bytes.byteCount - offset) : 0
    content.padding -= padding
    offset += padding
    let isLast = content.left == 0 && content.padding == 0
    if !isLast, count + padding + extra == 0 { return .needMore }
    if isLast { content.isOpen = false }
    return .frame(
      .data(
        streamID: content.streamID, ByteRange(start, start + count), flowLength: count + padding + extra,
        endsStream: isLast && content.endsStream))
  }

  // MARK: Everything else

  private mutating func read(_ header: Header, _ bytes: RawSpan, _ start: Int) throws(HTTP2Fault) -> Frame {
    let end = start + header.length
    switch header.type {
    case .headers: return try headers(header, bytes, start, end)
    case .continuation:
      let endsBlock = header.flags.contains(.endHeaders)
      if endsBlock { blockStreamID = 0 }
      return .continuation(streamID: header.streamID, ByteRange(start, end), endsBlock: endsBlock)
    case .priority:
      guard header.length == 5 else { throw HTTP2Fault(.frameLength, streamID: header.streamID) }
      try Self.checkDependency(bytes, start, header)
      return .priority(streamID: header.streamID)
    case .rstStream:
      guard header.length == 4 else { throw HTTP2Fault(.frameLength) }
      return .reset(streamID: header.streamID, HTTP2ErrorCode(rawValue: Self.number(bytes, at: start)))
    case .settings:
      if header.flags.contains(.ack) {
        guard header.length == 0 else { throw HTTP2Fault(.settingsAcknowledgement) }
        return .settingsAcknowledged
      }
      guard header.length % 6 == 0 else { throw HTTP2Fault(.frameLength) }
      return .settings(ByteRange(start, end))
    case .ping:
      guard header.length == 8 else { throw HTTP2Fault(.frameLength) }
      let data = UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
      return header.flags.contains(.ack) ? .pingAcknowledged(data) : .ping(data)
    case .goAway:
      guard header.length >= 8 else { throw HTTP2Fault(.frameTooShort) }
      return .goAway(
        lastStreamID: Self.number(bytes, at: start) & 0x7fff_ffff,
        HTTP2ErrorCode(rawValue: Self.number(bytes, at: start + 4)), debug: ByteRange(start + 8, end))
    case .windowUpdate:
      guard header.length == 4 else { throw HTTP2Fault(.frameLength) }
      let increment = Int(Self.number(bytes, at: start) & 0x7fff_ffff)
      guard increment > 0 else { throw HTTP2Fault(.windowIncrement, streamID: header.streamID) }
      return .windowUpdate(streamID: header.streamID, increment: increment)
    case .data, .pushPromise, nil:
      return .ignored
    }
  }

  private mutating func headers(
    _ header: Header, _ bytes: RawSpan, _ start: Int, _ end: Int
  ) throws(HTTP2Fault) -> Frame {
    var first = start
    var last = end
    if header.flags.contains(.padded) {
      guard first < end else { throw HTTP2Fault(.frameTooShort) }
      let padding = Int(bytes.byte(at: first))
      first += 1
      guard padding <= end - first else { throw HTTP2Fault(.paddingLength) }
      last = end - padding
    }
    if header.flags.contains(.priority) {
      guard last - first >= 5 else { throw HTTP2Fault(.frameTooShort) }
      try Self.checkDependency(bytes, first, header)
      first += 5
    }
    let endsBlock = header.flags.contains(.endHeaders)
    if !endsBlock { blockStreamID = header.streamID }
    return .headers(
      streamID: header.streamID, ByteRange(first, last), endsStream: header.flags.contains(.endStream),
      endsBlock: endsBlock)
  }

  /// Priorities are ignored (RFC 9113 section 5.3.2), but for what older peers must not do.
  private static func checkDependency(_ bytes: RawSpan, _ start: Int, _ header: Header) throws(HTTP2Fault) {
    // A header block must be decoded whatever its stream: there the fault is the connection's.
    guard number(bytes, at: start) & 0x7fff_ffff == header.streamID else { return }
    throw HTTP2Fault(.selfDependency, streamID: header.type == .priority ? header.streamID : 0)
  }
}
