/// One thing that an origin does on a connection. A scenario is a list of them: what stands in the list is what goes
/// over the wire, byte for byte, and nothing else does.
///
/// Over HTTP/2 there is a list for each stream, and what it sends are whole frames.
///
/// A list that ends without `close`, `closeNow` or `reset` leaves the connection open for the next request.
enum Step: Sendable, Equatable {
  /// Goes on once the whole request body has arrived; answers `Expect: 100-continue` first.
  case awaitBody
  /// Goes on once this many bytes of the request's body, or all of it, have arrived.
  case awaitBodyBytes(Int)
  /// Goes on once anything has arrived: what a handshake begins with is not read as HTTP.
  case awaitInput
  /// These bytes, handed to the socket at once.
  case send([UInt8])
  /// So many bytes, all the same, in pieces and never faster than the peer takes them; over HTTP/2 in DATA frames
  /// that do not end the stream.
  case fill(byte: UInt8, count: Int)
  /// These bytes one by one, each that many milliseconds after the other.
  case drip([UInt8], milliseconds: Int)
  /// These bytes again and again, so often, or until the peer leaves or `LabLimits.endlessBytes` is reached.
  case endless([UInt8], milliseconds: Int)
  /// Sends the body of the request back, framed as it came.
  case echoBody
  case wait(milliseconds: Int)
  /// Reads nothing from now on: the peer's window fills.
  case stopReading
  /// Reads nothing for that long, then goes on reading.
  case pauseReading(milliseconds: Int)
  /// Sends a FIN and goes on reading until the peer's FIN, for `LabLimits.linger` at most: the peer sees a clean end.
  case close
  /// Sends a FIN like `close`, over TLS without the close_notify that says that the end is meant.
  case cut
  /// Closes the descriptor at once: where bytes of the peer are unread the kernel sends a reset.
  case closeNow
  /// Sends a reset once everything before it was handed to the kernel.
  case reset
  /// Over HTTP/2: answers no PING from now on. Over HTTP/1.1 like `hang`.
  case ignorePings
  /// Does nothing more until the peer leaves.
  case hang
  /// Sends back every byte that comes, until the peer closes.
  case tunnel
  /// Speaks WebSocket (RFC 6455): each message comes back as it was sent.
  case webSocket
}
