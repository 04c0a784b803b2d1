/// Whether a failed attempt is followed by another, and why not.
public enum ReplayDecision: Sendable, Equatable {
  case replay
  case stop(NotRetried)
}

/// What a replay is decided from.
public struct ReplayFacts: Sendable, Equatable {
  /// Attempts made, the failed one included.
  public var attemptsMade: Int
  public var attemptsAllowed: Int
  /// The request's head was handed to the attempt's connection, whatever the cause says of it.
  public var wasSent: Bool

  public init(attemptsMade: Int, attemptsAllowed: Int, wasSent: Bool = false) {
    self.attemptsMade = attemptsMade
    self.attemptsAllowed = attemptsAllowed
    self.wasSent = wasSent
  }
}

/// A request of which no byte was handed to a socket may go to another endpoint, whatever its method (RFC 9110 section
/// 9.2.2 forbids only the repetition of what may have been processed). Every other class needs a kept body and a
/// budget, which do not exist yet, so it stops with the reason that the class gives.
public func decideReplay(after cause: Cause, _ facts: ReplayFacts) -> ReplayDecision {
  switch cause.replayClass {
  case .unsent where facts.wasSent:
    .stop(.bytesSent)
  case .unsent:
    facts.attemptsMade < facts.attemptsAllowed ? .replay : .stop(.attemptsMax)
  case .reusedUnanswered, .unprocessed, .possiblyProcessed:
    .stop(.bytesSent)
  case .never:
    .stop(.policy)
  }
}
