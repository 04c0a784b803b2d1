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
  /// The connection does not begin as HTTP/2 does (section 3.4).
  case preface
  /// Another frame than SETTINGS at the beginning (section 3.4).
  case settingsMissing
  /// A header block that cannot be decoded (section 4.3).
  case compression
  /// A header block larger than we take, or in more frames (section 10.5.1).
  case headerBlockTooLong
  /// A frame on a stream that has not begun (section 5.1).
  case streamIdle
  /// A frame on a stream whose sender had ended it (section 5.1).
  case streamClosed
  /// A stream with a number that is not above those before, or of the other side's (section 5.1.1).
  case streamOrder
  /// More content than the window allows (section 6.9).
  case windowExceeded
  /// A window beyond 2^31 - 1 (section 6.9.1).
  case windowOverflow
  /// Content before a head (section 8.1).
  case contentBeforeHead
  /// A second head that does not end the stream (section 8.1).
  case trailersUnended
  /// More content than `content-length` says (section 8.1.1).
  case contentExcess
  /// Less content than `content-length` says (section 8.1.1).
  case contentShort
  /// More resets of streams than a client has reason for (section 10.5).
  case resetFlood
  /// More SETTINGS than a peer has reason for (section 10.5).
  case settingsFlood
  /// More PINGs than a peer has reason for (section 10.5).
  case pingFlood
  /// More empty DATA than a peer has reason for (section 10.5).
  case emptyDataFlood
  /// More frames that move nothing than a peer has reason for (section 10.5).
  case frameFlood
  /// More streams refused or ended for a fault than a connection is worth (section 10.5).
  case faultFlood

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
    case .preface: "h2_preface"
    case .settingsMissing: "h2_settings_missing"
    case .compression: "h2_compression"
    case .headerBlockTooLong: "h2_header_block_too_long"
    case .streamIdle: "h2_stream_idle"
    case .streamClosed: "h2_stream_closed"
    case .streamOrder: "h2_stream_order"
    case .windowExceeded: "h2_window_exceeded"
    case .windowOverflow: "h2_window_overflow"
    case .contentBeforeHead: "h2_content_before_head"
    case .trailersUnended: "h2_trailers_unended"
    case .contentExcess: "h2_content_excess"
    case .contentShort: "h2_content_short"
    case .resetFlood: "h2_reset_flood"
    case .settingsFlood: "h2_settings_flood"
    case .pingFlood: "h2_ping_flood"
    case .emptyDataFlood: "h2_empty_data_flood"
    case .frameFlood: "h2_frame_flood"
    case .faultFlood: "h2_fault_flood"
    }
  }

  /// What the peer is told.
  public var code: HTTP2ErrorCode {
    switch self {
    case .frameTooLarge, .frameTooShort, .frameLength, .settingsAcknowledgement: .frameSizeError
    case .streamID, .paddingLength, .headerBlockInterrupted, .continuationUnexpected, .settingValue, .windowIncrement,
      .pushUnwanted, .selfDependency, .preface, .settingsMissing, .streamIdle, .streamOrder, .contentBeforeHead,
      .trailersUnended, .contentExcess, .contentShort:
      .protocolError
    case .compression: .compressionError
    case .streamClosed: .streamClosed
    case .windowExceeded, .windowOverflow: .flowControlError
    case .headerBlockTooLong, .resetFlood, .settingsFlood, .pingFlood, .emptyDataFlood, .frameFlood, .faultFlood:
      .enhanceYourCalm
    }
  }

  /// What happened, in words for a person.
  public var sentence: String {
    switch self {
    case .frameTooLarge: "a frame was longer than allowed"
    case .frameTooShort: "a frame was shorter than what it has to hold"
    case .frameLength: "a frame did not have the length of its type"
    case .streamID: "a frame stood on a stream where it may not"
    case .paddingLength: "the padding of a frame was longer than the frame"
    case .headerBlockInterrupted: "another frame stood within a header block"
    case .continuationUnexpected: "CONTINUATION stood outside of a header block"
    case .settingsAcknowledgement: "an acknowledgement of SETTINGS had content"
    case .settingValue: "a setting had a value that it may not have"
    case .windowIncrement: "a window was opened by 0"
    case .pushUnwanted: "PUSH_PROMISE came although push is off"
    case .selfDependency: "a stream depended on itself"
    case .preface: "the connection did not begin as HTTP/2 does"
    case .settingsMissing: "the first frame was not SETTINGS"
    case .compression: "a header block could not be decoded"
    case .headerBlockTooLong: "a header block was larger than allowed"
    case .streamIdle: "a frame came on a stream that had not begun"
    case .streamClosed: "a frame came on a stream that had ended"
    case .streamOrder: "a stream had a number that it may not have"
    case .windowExceeded: "more content came than the window allows"
    case .windowOverflow: "a window was opened beyond 2^31 - 1"
    case .contentBeforeHead: "content came before a head"
    case .trailersUnended: "a second head did not end the stream"
    case .contentExcess: "more content came than content-length says"
    case .contentShort: "less content came than content-length says"
    case .resetFlood: "too many streams were reset"
    case .settingsFlood: "too many SETTINGS came"
    case .pingFlood: "too many PINGs came"
    case .emptyDataFlood: "too many empty DATA frames came"
    case .frameFlood: "too many frames came that move nothing"
    case .faultFlood: "too many streams were refused or ended for a fault"
    }
  }
}
