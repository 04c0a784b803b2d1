/// Whether a failed attempt is followed by another, and why not.
public enum ReplayDecision: Sendable, Equatable {
  /// - Parameter costsBudget: whether the budget must have a token for it, because the upstream may do the work twice.
  case replay(costsBudget: Bool)
  case stop(NotRetried)
}

/// What a replay is decided from.
public struct ReplayFacts: Sendable, Equatable {
  /// Attempts made, the failed one included.
  public var attemptsMade: Int
  public var attemptsAllowed: Int
  /// The request's head was handed to the attempt's connection, whatever the cause says of it.
  public var wasSent: Bool
  /// Sending the request twice does no more than sending it once: an idempotent method, or a key that the operator
  /// lets us believe.
  public var isRepeatable: Bool
  /// Every byte of the body that was sent is still at hand.
  public var hasBody: Bool

  public init(
    attemptsMade: Int, attemptsAllowed: Int, wasSent: Bool = false, isRepeatable: Bool = false, hasBody: Bool = true
  ) {
    self.attemptsMade = attemptsMade
    self.attemptsAllowed = attemptsAllowed
    self.wasSent = wasSent
    self.isRepeatable = isRepeatable
    self.hasBody = hasBody
  }
}

/// Decides by the class of the cause. A request of which no byte was handed to a socket may go elsewhere whatever its
/// method, and so may one that the peer proves not to have processed; what may have been processed is only repeated
/// where that does no harm (RFC 9110 section 9.2.2).
public func decideReplay(after cause: Cause, _ facts: ReplayFacts) -> ReplayDecision {
  switch cause.replayClass {
  case .never:
    .stop(.policy)
  case .unsent where facts.wasSent:
    .stop(.bytesSent)
  case .unsent:
    within(facts, costsBudget: false)
  case .unprocessed:
    facts.hasBody ? within(facts, costsBudget: false) : .stop(.bodyNotBuffered)
  case .reusedUnanswered:
    repeated(facts, costsBudget: false)
  case .possiblyProcessed:
    repeated(facts, costsBudget: true)
  }
}

private func repeated(_ facts: ReplayFacts, costsBudget: Bool) -> ReplayDecision {
  guard facts.isRepeatable else { return .stop(.method) }
  guard facts.hasBody else { return .stop(.bodyNotBuffered) }
  return within(facts, costsBudget: costsBudget)
}

private func within(_ facts: ReplayFacts, costsBudget: Bool) -> ReplayDecision {
  facts.attemptsMade < facts.attemptsAllowed ? .replay(costsBudget: costsBudget) : .stop(.attemptsMax)
}
