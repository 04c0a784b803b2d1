internal import SluiceCore

/// What came of one try.
enum DeliveryOutcome: Equatable, Sendable {
  /// A 2xx: it is never sent again.
  case delivered
  /// A status that another try would not change.
  case refused(status: Int)
  /// - Parameter retryAfter: what the receiver asked to wait, where it did.
  case failed(DeliveryFailure, retryAfter: TimeSpan?)

  /// Judges a response's status. A redirect is a refusal: a token must not follow it to another place.
  init(status: Int, retryAfter: TimeSpan?) {
    switch status {
    case 200..<300: self = .delivered
    case 408, 425, 429, 500..<600: self = .failed(.status(status), retryAfter: retryAfter)
    default: self = .refused(status: status)
    }
  }
}
