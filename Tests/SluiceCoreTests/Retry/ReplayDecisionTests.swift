internal import SluiceCore
internal import Testing

@Suite struct ReplayDecisionTests {
  @Test func onlyWhatWasNeverSentIsTriedAgain() {
    for cause in Cause.allCases {
      let decision = decideReplay(after: cause, ReplayFacts(attemptsMade: 1, attemptsAllowed: 3))
      switch cause.replayClass {
      case .unsent: #expect(decision == .replay, "\(cause)")
      case .reusedUnanswered, .unprocessed, .possiblyProcessed: #expect(decision == .stop(.bytesSent), "\(cause)")
      case .never: #expect(decision == .stop(.policy), "\(cause)")
      }
    }
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 3), (1, 0)])
  func attemptsAreBounded(made: Int, allowed: Int) {
    let facts = ReplayFacts(attemptsMade: made, attemptsAllowed: allowed)
    #expect(decideReplay(after: .connectRefused, facts) == .stop(.attemptsMax))
  }

  @Test func aRequestThatWasHandedToASocketIsNeverUnsent() {
    let facts = ReplayFacts(attemptsMade: 1, attemptsAllowed: 3, wasSent: true)
    for cause in Cause.allCases where cause.replayClass == .unsent {
      #expect(decideReplay(after: cause, facts) == .stop(.bytesSent), "\(cause)")
    }
  }
}
