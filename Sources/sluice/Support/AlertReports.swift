import Logging
import SluiceAdmin
import Synchronization

/// What the alerts have to say, on the gateway's log.
///
/// The sender of alerts must be there before the gateway's output, which feeds it and holds the log: so the log comes
/// later. Nothing is said before, because there is no webhook yet.
final class AlertReports: Sendable {
  private let logger = Mutex<Logger?>(nil)

  func bind(_ logger: Logger) { self.logger.withLock { $0 = logger } }

  func tell(_ report: AlertReport) {
    guard let logger = logger.withLock({ $0 }) else { return }
    if report.isGood { logger.notice("\(report)") } else { logger.warning("\(report)") }
  }
}
