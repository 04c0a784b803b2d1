internal import SluiceCore

/// What came of one try to hand something to a webhook or a collector.
enum DeliveryOutcome: Equatable, Sendable {
  /// A 2xx: it is never sent again, whatever the answer says of it. The answer's body, or as much as is read.
  case delivered([UInt8])
  /// A status that another try would not change.
  case refused(status: Int)
  /// - Parameter retryAfter: what the receiver asked to wait, where it did.
  case failed(DeliveryFailure, retryAfter: TimeSpan?)

  /// Judges an answer. A redirect is a refusal: a token must not follow it to another place.
  init(status: Int, retryAfter: TimeSpan?, body: [UInt8], by rule: RetryRule) {
    switch status {
    case 200..<300: self = .delivered(body)
    case let status where rule.isWorthAnotherTry(status): self = .failed(.status(status), retryAfter: retryAfter)
    default: self = .refused(status: status)
    }
  }
}
