internal import SluiceIncidents

/// One message to one webhook. Its body is the same at each try, and so is its ID.
struct Alert: Equatable, Sendable {
  /// 32 hex digits; unique for each message.
  var id: String
  /// One, or those of a summary; never empty.
  var events: [ProblemEvent]
  /// Unix time in milliseconds at which it was made.
  var time: Int64
  /// Problems that had begun and ended before they could be told, since the last delivered alert.
  var untold: Int

  var isSummary: Bool { events.count > 1 }
}
