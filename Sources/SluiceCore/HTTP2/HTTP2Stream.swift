/// What a connection knows of a stream that has begun and not ended on both sides.
struct HTTP2Stream: Sendable {
  /// Bytes that we may still send; below 0 where the peer has made its window smaller.
  var sendWindow: Int
  /// Bytes that the peer may still send.
  var receiveWindow: Int
  /// Bytes that were taken and not yet told to the peer.
  var untold = 0
  var isEndedHere = false
  var isEndedThere = false
  /// The final head has come.
  var hasHead = false
  /// Bytes of content that are still to come; nil: not declared.
  var contentLeft: UInt64?
}
