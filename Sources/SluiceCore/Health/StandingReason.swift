/// Why an endpoint stands as it does.
public enum StandingReason: Hashable, Sendable {
  /// It was there from the start, or nothing has happened since.
  case new
  /// It was not reached.
  case connectFailed(Cause)
  /// So many failures in a row, the last one with this cause.
  case failedInARow(Cause, count: Int)
  /// Per cent of its answers that were no 5xx, and the mean of the other endpoints.
  case successRate(own: Int, others: Int)
  /// It was tried and failed again.
  case probeFailed(Cause)
  /// It was tried and answered.
  case probeSucceeded
  /// So many checks in a row failed, the last one like this.
  case checksFailed(CheckOutcome, count: Int)
  /// So many checks in a row passed.
  case checksPassed(count: Int)
  case drained
  case undrained
  /// Its share has grown to the whole.
  case slowStartEnded

  public var identifier: String {
    switch self {
    case .new: "new"
    case .connectFailed(let cause): cause.identifier
    case .failedInARow(let cause, let count): "\(count) in a row: \(cause.identifier)"
    case .successRate(let own, let others): "success rate \(own)%, others \(others)%"
    case .probeFailed(let cause): "probe failed: \(cause.identifier)"
    case .probeSucceeded: "probe succeeded"
    case .checksFailed(let outcome, let count): "\(count) checks failed: \(outcome.identifier)"
    case .checksPassed(let count): count == 1 ? "check passed" : "\(count) checks passed"
    case .drained: "drained"
    case .undrained: "undrained"
    case .slowStartEnded: "slow start ended"
    }
  }
}

extension CheckOutcome {
  var identifier: String {
    switch self {
    case .passed: "passed"
    case .failed(let cause): cause.identifier
    case .unexpectedStatus(let status): "status \(status)"
    case .notServing: "not serving"
    case .inconclusive: "inconclusive"
    }
  }
}

/// An endpoint changed its standing.
public struct StandingChange: Hashable, Sendable {
  public var endpoint: Int
  public var before: Standing
  public var after: Standing
  public var reason: StandingReason

  public init(endpoint: Int, before: Standing, after: Standing, reason: StandingReason) {
    self.endpoint = endpoint
    self.before = before
    self.after = after
    self.reason = reason
  }
}
