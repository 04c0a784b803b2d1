/// The frames of HTTP/2 (RFC 9113 section 6). Others are ignored (section 5.5).
enum FrameType: UInt8 {
  case data = 0x0
  case headers = 0x1
  case priority = 0x2
  case rstStream = 0x3
  case settings = 0x4
  case pushPromise = 0x5
  case ping = 0x6
  case goAway = 0x7
  case windowUpdate = 0x8
  case continuation = 0x9
}

/// Flags, whose meaning depends on the frame's type.
struct FrameFlags: OptionSet {
  let rawValue: UInt8

  static let endStream = FrameFlags(rawValue: 0x1)
  static let ack = FrameFlags(rawValue: 0x1)
  static let endHeaders = FrameFlags(rawValue: 0x4)
  static let padded = FrameFlags(rawValue: 0x8)
  static let priority = FrameFlags(rawValue: 0x20)
}
