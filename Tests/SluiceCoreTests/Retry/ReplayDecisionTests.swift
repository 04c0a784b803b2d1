internal import SluiceCore
internal import Testing

@Suite struct ReplayDecisionTests {
  /// What each class allows, and what it costs.
  @Test(arguments: Cause.allCases)
  func theClassDecides(_ cause: Cause) {
    let once = ReplayFacts(attemptsMade: 1, attemptsAllowed: 3, wasSent: cause.replayClass != .unsent)
    var repeatable = once
    repeatable.isRepeatable = true
    switch cause.replayClass {
    case .unsent, .unprocessed:
      #expect(decideReplay(after: cause, once) == .replay(costsBudget: false))
      #expect(decideReplay(after: cause, repeatable) == .replay(costsBudget: false))
    case .reusedUnanswered:
      #expect(decideReplay(after: cause, once) == .stop(.method))
      #expect(decideReplay(after: cause, repeatable) == .replay(costsBudget: false))
    case .possiblyProcessed:
      #expect(decideReplay(after: cause, once) == .stop(.method))
      #expect(decideReplay(after: cause, repeatable) == .replay(costsBudget: true))
    case .never:
      #expect(decideReplay(after: cause, once) == .stop(.policy))
      #expect(decideReplay(after: cause, repeatable) == .stop(.policy))
    }
  }

  @Test(arguments: Cause.allCases)
  func aBodyThatIsGoneIsNotSentAgain(_ cause: Cause) {
    let facts = ReplayFacts(
      attemptsMade: 1, attemptsAllowed: 3, wasSent: cause.replayClass != .unsent, isRepeatable: true, hasBody: false)
    switch cause.replayClass {
    case .unsent: #expect(decideReplay(after: cause, facts) == .replay(costsBudget: false))
    case .reusedUnanswered, .unprocessed, .possiblyProcessed:
      #expect(decideReplay(after: cause, facts) == .stop(.bodyNotBuffered))
    case .never: #expect(decideReplay(after: cause, facts) == .stop(.policy))
    }
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 3), (1, 0)])
  func attemptsAreBounded(made: Int, allowed: Int) {
    let facts = ReplayFacts(attemptsMade: made, attemptsAllowed: allowed, isRepeatable: true)
    for cause in [Cause.connectRefused, .staleKeepalive, .h2RefusedStream, .closedBeforeResponse] {
      #expect(decideReplay(after: cause, facts) == .stop(.attemptsMax), "\(cause)")
    }
  }

  @Test func aRequestThatWasHandedToASocketIsNeverUnsent() {
    let facts = ReplayFacts(attemptsMade: 1, attemptsAllowed: 3, wasSent: true, isRepeatable: true)
    for cause in Cause.allCases where cause.replayClass == .unsent {
      #expect(decideReplay(after: cause, facts) == .stop(.bytesSent), "\(cause)")
    }
  }

  /// An endpoint is asked again only where the request may be sent again at all, and an answer that was bad once is not
  /// asked for twice.
  @Test(arguments: Cause.allCases)
  func anEndpointIsAskedAgainOnlyAfterWhatPasses(_ cause: Cause) {
    if cause.replayClass == .never { #expect(cause.endpointRepeat == .never) }
    if cause.replayClass == .reusedUnanswered { #expect(cause.endpointRepeat == .atOnce) }
    if cause == .notHttp || cause == .responseHeaderTimeout { #expect(cause.endpointRepeat == .never) }
  }
}
