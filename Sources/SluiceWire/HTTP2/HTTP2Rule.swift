/// The rules of HTTP/2's frames that a peer can break, one case each (RFC 9113).
public enum HTTP2Rule: UInt8, CaseIterable, Hashable, Sendable {
  /// A frame longer than we allow (section 4.2).
  case frameTooLarge
  /// A frame too short for what its type and flags say it holds (section 4.2 and 6).
  case frameTooShort
  /// A frame of a fixed length with another one (sections 6.3, 6.4, 6.5, 6.7, 6.9).
  case frameLength
  /// A frame of streams on the connection, or of the connection on a stream (section 6).
  case streamID
  /// Padding that fills the frame or more (section 6.1).
  case paddingLength
  /// Another frame than CONTINUATION within a header block (section 6.2).
  case headerBlockInterrupted
  /// CONTINUATION outside of a header block (section 6.10).
  case continuationUnexpected
  /// A SETTINGS acknowledgement with a payload (section 6.5).
  case settingsAcknowledgement
  /// A setting with a value that it may not have (section 6.5.2).
  case settingValue
  /// A window increment of 0 (section 6.9).
  case windowIncrement
  /// PUSH_PROMISE, which we never allow (section 8.4).
  case pushUnwanted
  /// A stream that depends on itself (RFC 7540 section 5.3.1, which older peers follow).
  case selfDependency

  /// The name used in records.
  public var identifier: String {
    switch self {
    case .frameTooLarge: "h2_frame_too_large"
    case .frameTooShort: "h2_frame_too_short"
    case .frameLength: "h2_frame_length"
    case .streamID: "h2_stream_id"
    case .paddingLength: "h2_padding_length"
    case .headerBlockInterrupted: "h2_header_block_interrupted"
    case .continuationUnexpected: "h2_continuation_unexpected"
    case .settingsAcknowledgement: "h2_settings_acknowledgement"
    case .settingValue: "h2_setting_value"
    case .windowIncrement: "h2_window_increment"
    case .pushUnwanted: "h2_push_unwanted"
    case .selfDependency: "h2_self_dependency"
    }
  }

  /// What the peer is told.
  public var code: HTTP2ErrorCode {
    switch self {
    case .frameTooLarge, .frameTooShort, .frameLength, .settingsAcknowledgement: .frameSizeError
    case .streamID, .paddingLength, .headerBlockInterrupted, .continuationUnexpected, .settingValue, .windowIncrement,
      .pushUnwanted, .selfDependency:
      .protocolError
    }
  }
}
