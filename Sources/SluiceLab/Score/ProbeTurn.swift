/// One request that the score's client sends.
struct ProbeTurn: Sendable {
  /// Every byte of the head, or of the whole malformed request.
  var head: [UInt8]
  /// Bytes of the body, all the same.
  var bodyBytes = 0
  /// Whether the body waits for 100 Continue, or for `ProbeConnection.continueWait`.
  var waitsForContinue = false
  var isHead = false
  /// Milliseconds before it is sent, after the response before it.
  var pause = 0
  /// Whether the client leaves as soon as this many bytes of a body have come: the response never ends.
  var leavesAfter: Int?
}
