internal import NIOCore

/// How long a client of the admin address may keep it waiting. A connection is one of few, so each wait has an end.
struct AdminTimes: Sendable {
  /// From a request's head to its end.
  var body = TimeAmount.seconds(10)
  /// In which a client has to take something of what waits for it. It is looked at once in each such span, so that a
  /// connection ends after two of them at the latest.
  var taking = TimeAmount.seconds(30)
  /// From the end of a last answer to the close, for the client to read it.
  var farewell = TimeAmount.seconds(2)
}
