public import SluiceWire

/// What a peer's bytes mean to the streams of a connection. Ranges are into the bytes that were given.
public enum HTTP2Event: Sendable, Equatable {
  /// No whole frame is left.
  case needMore
  /// A frame that concerns no stream's owner.
  case nothing
  /// A request's head, or a response's; its fields are the connection's `list`.
  case head(streamID: UInt32, endsStream: Bool)
  /// A trailer section; its fields are the connection's `list`. The stream's last frame.
  case trailers(streamID: UInt32)
  case data(streamID: UInt32, ByteRange, endsStream: Bool)
  /// The peer has ended the stream before its time.
  case reset(streamID: UInt32, HTTP2ErrorCode)
  /// The stream broke a rule and was reset.
  case streamFailed(streamID: UInt32, HTTP2Rule)
  /// More may be sent: on this stream, or, with 0, on each.
  case windowOpened(streamID: UInt32)
  /// The peer's first SETTINGS have come, or later ones.
  case settingsChanged
  /// The peer takes no further streams, and has not processed those above `lastStreamID`.
  case goneAway(lastStreamID: UInt32, HTTP2ErrorCode)
  case pingAnswered(UInt64)
  /// The connection is over; GOAWAY is in `output`.
  case failed(HTTP2Fault)
}
