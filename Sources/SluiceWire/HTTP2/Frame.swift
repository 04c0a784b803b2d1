/// What a peer's frame says. Ranges are into the bytes that were given to `FrameReader.next`.
public enum Frame: Sendable, Equatable {
  /// Content, as much of a DATA frame as has arrived. `flowLength` is what it takes of the flow-control windows,
  /// padding included; `endsStream` comes with the last part.
  case data(streamID: UInt32, ByteRange, flowLength: Int, endsStream: Bool)
  /// The beginning of a header block, or all of it.
  case headers(streamID: UInt32, ByteRange, endsStream: Bool, endsBlock: Bool)
  case continuation(streamID: UInt32, ByteRange, endsBlock: Bool)
  case priority(streamID: UInt32)
  case reset(streamID: UInt32, HTTP2ErrorCode)
  /// Six bytes for each setting; see `HTTP2Settings`.
  case settings(ByteRange)
  case settingsAcknowledged
  case ping(UInt64)
  case pingAcknowledged(UInt64)
  case goAway(lastStreamID: UInt32, HTTP2ErrorCode, debug: ByteRange)
  case windowUpdate(streamID: UInt32, increment: Int)
  /// A type that we do not know.
  case ignored
}

/// The next thing in a peer's bytes.
public enum FrameRead: Sendable, Equatable {
  case frame(Frame)
  case needMore
  /// Nothing more can be read of the connection where the fault is the connection's; a stream's fault leaves the reader
  /// behind its frame.
  case failed(HTTP2Fault)
}
