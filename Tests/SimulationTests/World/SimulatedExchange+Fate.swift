internal import SluiceCore
internal import SluiceWire

// What must hold of a request over all its attempts, judged by what origins received and not by what the machine says.

extension SimulatedExchange {
  /// An origin that was still there has read some of the request: from now on it may have been processed.
  func delivered() {
    deliveries += 1
    guard deliveries > 1, let facts = checker.facts, !facts.method.isIdempotent else { return }
    world.fail("\(name): a \(facts.method) reached origins \(deliveries) times")
  }

  /// A failure must say why it was the last attempt, and where repeating does no harm the reason must be true.
  func checkFate() {
    guard let cause = exchange.cause, exchange.isGenerated, exchange.attempts > 0 else { return }
    guard let reason = exchange.notRetriedBecause else {
      return world.fail("\(name): \(cause) after \(exchange.attempts) attempts, and nothing says why no other followed")
    }
    // A fault that was put in has no true reason.
    guard world.faults == nil, let facts = checker.facts, facts.method.isIdempotent, cause.isRepeatedElsewhere else {
      return
    }
    world.endings["given up: \(reason)", default: 0] += 1
    if !isTrue(reason, cause, facts) {
      world.fail("\(name): \(cause) after \(exchange.attempts) attempts was not retried because \(reason)")
    }
  }

  /// Fewer replays than this never use the budget up.
  private var budgetFloor: Int { RetryBudget.floorPerSecond * RetryBudget.windowSeconds }

  private func isTrue(_ reason: NotRetried, _ cause: Cause, _ facts: RequestFacts) -> Bool {
    switch reason {
    case .attemptsMax: exchange.attempts == world.policy.attempts
    // Endpoints that answer late are no last resort.
    case .noOtherEndpoint:
      exchange.attempts + endpointsOut >= world.options.endpoints && cause.endpointRepeat == .never
    case .budget: cause.replayClass == .possiblyProcessed && world.costlyReplays >= budgetFloor
    case .deadline: cause == .poolQueueTimeout
    case .bodyNotBuffered: facts.hasBody && UInt64(keptBody) > world.policy.replayBodyLimit
    case .clientGone: true
    case .method, .bytesSent, .responseStarted, .policy: false
    }
  }
}

extension Cause {
  /// Another attempt can succeed, whatever was sent.
  fileprivate var isRepeatedElsewhere: Bool { replayClass != .never && replayClass != .unprocessed }
}
