/// What is known of a request's fate after a failed attempt, and so whether it may be sent again (RFC 9110 section
/// 9.2.2).
public enum ReplayClass: UInt8, CaseIterable, Hashable, Sendable {
  /// No byte of the request was handed to a socket: any method may be sent again.
  case unsent
  /// Sent on a reused connection that ended without a byte of a response: idempotent methods may be sent again, others
  /// only where the operator said so.
  case reusedUnanswered
  /// The peer proves that it did not process the request: any method may be sent again.
  case unprocessed
  /// The request may have been processed: idempotent methods only, within the budget.
  case possiblyProcessed
  /// Never: a response has begun, or the request itself is the trigger.
  case never

  /// The letter in the catalogue and in records.
  public var identifier: String {
    switch self {
    case .unsent: "R0"
    case .reusedUnanswered: "R1"
    case .unprocessed: "R2"
    case .possiblyProcessed: "R3"
    case .never: "RX"
    }
  }
}
