/// Writes frames. What belongs together is written with one call, so that no half frame can go out.
public enum FrameWriting {
  static func appendHeader(
    length: Int, type: FrameType, flags: FrameFlags = [], streamID: UInt32, to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(truncatingIfNeeded: length >> 16))
    bytes.append(UInt8(truncatingIfNeeded: length >> 8))
    bytes.append(UInt8(truncatingIfNeeded: length))
    bytes.append(type.rawValue)
    bytes.append(flags.rawValue)
    append(streamID, to: &bytes)
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    for shift: UInt32 in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  /// The header of a DATA frame; `length` bytes of content follow.
  public static func appendDataHeader(length: Int, endsStream: Bool, streamID: UInt32, to bytes: inout [UInt8]) {
    appendHeader(length: length, type: .data, flags: endsStream ? .endStream : [], streamID: streamID, to: &bytes)
  }

  /// A header block as HEADERS and as many CONTINUATIONs as the peer's frame size asks for.
  public static func appendHeaders(
    _ block: [UInt8], endsStream: Bool, streamID: UInt32, payloadMax: Int, to bytes: inout [UInt8]
  ) {
    var start = 0
    repeat {
      let end = min(start + payloadMax, block.count)
      var flags: FrameFlags = end == block.count ? .endHeaders : []
      if start == 0, endsStream { flags.insert(.endStream) }
      appendHeader(
        length: end - start, type: start == 0 ? .headers : .continuation, flags: flags, streamID: streamID, to: &bytes)
      bytes.append(contentsOf: block[start..<end])
      start = end
    } while start < block.count
  }

  public static func appendSettings(
    _ settings: [(HTTP2Settings.Identifier, UInt32)], to bytes: inout [UInt8]
  ) {
    appendHeader(length: settings.count * 6, type: .settings, streamID: 0, to: &bytes)
    for (identifier, value) in settings {
      bytes.append(UInt8(truncatingIfNeeded: identifier.rawValue >> 8))
      bytes.append(UInt8(truncatingIfNeeded: identifier.rawValue))
      append(value, to: &bytes)
    }
  }

  public static func appendSettingsAcknowledgement(to bytes: inout [UInt8]) {
    appendHeader(length: 0, type: .settings, flags: .ack, streamID: 0, to: &bytes)
  }

  public static func appendReset(_ code: HTTP2ErrorCode, streamID: UInt32, to bytes: inout [UInt8]) {
    appendHeader(length: 4, type: .rstStream, streamID: streamID, to: &bytes)
    append(code.rawValue, to: &bytes)
  }

  public static func appendPing(_ data: UInt64, isAcknowledgement: Bool, to bytes: inout [UInt8]) {
    appendHeader(length: 8, type: .ping, flags: isAcknowledgement ? .ack : [], streamID: 0, to: &bytes)
    append(UInt32(truncatingIfNeeded: data >> 32), to: &bytes)
    append(UInt32(truncatingIfNeeded: data), to: &bytes)
  }

  public static func appendGoAway(lastStreamID: UInt32, _ code: HTTP2ErrorCode, to bytes: inout [UInt8]) {
    appendHeader(length: 8, type: .goAway, streamID: 0, to: &bytes)
    append(lastStreamID, to: &bytes)
    append(code.rawValue, to: &bytes)
  }

  /// - Parameter increment: 1 to 2^31 - 1.
  public static func appendWindowUpdate(increment: Int, streamID: UInt32, to bytes: inout [UInt8]) {
    appendHeader(length: 4, type: .windowUpdate, streamID: streamID, to: &bytes)
    append(UInt32(clamping: increment) & 0x7fff_ffff, to: &bytes)
  }
}
