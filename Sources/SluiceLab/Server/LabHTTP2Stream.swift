internal import NIOCore

/// One request over HTTP/2 and where its list of steps stands.
final class LabHTTP2Stream {
  enum Waiting: Equatable {
    case nothing
    case time
    /// The peer's windows, or its socket.
    case room
    case body(atLeast: Int)
    /// The peer's end, or a bound.
    case end
  }

  let id: UInt32
  var request = LabRequest()
  var script: [Step] = []
  var position = 0
  var waiting = Waiting.nothing
  var isBodyComplete = false
  var bodyRead = 0
  /// Bytes that the peer takes on this stream; below zero where it made its window smaller.
  var window: Int
  /// Content that waits for room, and whether the stream ends with it.
  var pending: [UInt8] = []
  var isEchoing = false
  var filling: (byte: UInt8, left: Int)?
  /// Received and not yet given back to the peer's window.
  var owed = 0
  var isReading = true
  var timer: Scheduled<Void>?

  init(id: UInt32, window: Int) {
    self.id = id
    self.window = window
  }
}
