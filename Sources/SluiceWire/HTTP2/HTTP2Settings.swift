/// What a peer has told of itself with SETTINGS (RFC 9113 section 6.5.2, RFC 8441 section 3).
public struct HTTP2Settings: Sendable, Equatable {
  public enum Identifier: UInt16, Sendable, CaseIterable {
    case headerTableSize = 0x1
    case enablePush = 0x2
    case maxConcurrentStreams = 0x3
    case initialWindowSize = 0x4
    case maxFrameSize = 0x5
    case maxHeaderListSize = 0x6
    case enableConnectProtocol = 0x8
  }

  /// Bytes. Default 4,096.
  public var headerTableSize: UInt32 = 4096
  public var enablePush = true
  /// Default unlimited.
  public var maxConcurrentStreams: UInt32 = .max
  /// Bytes. Default 65,535.
  public var initialWindowSize: UInt32 = 65_535
  /// Bytes. Default 16,384.
  public var maxFrameSize: UInt32 = 16_384
  /// Bytes. Default unlimited.
  public var maxHeaderListSize: UInt32 = .max
  public var enableConnectProtocol = false

  public static let windowSizeMax: UInt32 = 0x7fff_ffff

  public init() {}

  /// Takes the payload of a SETTINGS frame, in order. Settings that are not known are ignored.
  ///
  /// - Throws: the first value that is not allowed; the connection ends with it.
  public mutating func apply(_ payload: RawSpan) throws(HTTP2Fault) {
    var offset = 0
    while offset + 6 <= payload.byteCount {
      let identifier = UInt16(bigEndian: payload.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
      let value = UInt32(bigEndian: payload.unsafeLoadUnaligned(fromByteOffset: offset + 2, as: UInt32.self))
      offset += 6
      guard let known = Identifier(rawValue: identifier) else { continue }
      try set(known, value)
    }
  }

  private mutating func set(_ identifier: Identifier, _ value: UInt32) throws(HTTP2Fault) {
    switch identifier {
    case .headerTableSize: headerTableSize = value
    case .enablePush:
      guard value <= 1 else { throw HTTP2Fault(.settingValue) }
      enablePush = value == 1
    case .maxConcurrentStreams: maxConcurrentStreams = value
    case .initialWindowSize:
      guard value <= Self.windowSizeMax else { throw HTTP2Fault(.settingValue, code: .flowControlError) }
      initialWindowSize = value
    case .maxFrameSize:
      guard 16_384...16_777_215 ~= value else { throw HTTP2Fault(.settingValue) }
      maxFrameSize = value
    case .maxHeaderListSize: maxHeaderListSize = value
    case .enableConnectProtocol:
      // Once allowed it stays so (RFC 8441 section 3).
      guard value <= 1, value == 1 || !enableConnectProtocol else { throw HTTP2Fault(.settingValue) }
      enableConnectProtocol = value == 1
    }
  }
}
