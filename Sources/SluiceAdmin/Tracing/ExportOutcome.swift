internal import SluiceCore

/// What came of one try to export spans (OTLP 1.x, "OTLP/HTTP Response").
enum ExportOutcome: Equatable, Sendable {
  /// A 2xx: the request is never sent again, whatever part of it was not liked.
  case accepted(ExportAnswer)
  /// A status that another try would not change.
  case refused(status: Int)
  /// - Parameter retryAfter: what the collector asked to wait, where it did.
  case failed(DeliveryFailure, retryAfter: TimeSpan?)

  /// Only four statuses are worth another try; a redirect is none of them: a token must not follow it.
  ///
  /// - Parameter body: all of it, or as much as is read.
  init(status: Int, retryAfter: TimeSpan?, body: [UInt8]) {
    switch status {
    case 200..<300: self = .accepted(ExportAnswer(body))
    case 429, 502, 503, 504: self = .failed(.status(status), retryAfter: retryAfter)
    default: self = .refused(status: status)
    }
  }
}
