import Logging
import SluiceAdmin
import Synchronization

/// What the alerts and the export of spans have to say, on the gateway's log.
///
/// Who sends them must be there before the gateway's output, which feeds both and holds the log: so the log comes
/// later. Nothing is said before, because there is no webhook and no collector yet.
final class AlertReports: Sendable {
  private let logger = Mutex<Logger?>(nil)

  func bind(_ logger: Logger) { self.logger.withLock { $0 = logger } }

  func tell(_ report: AlertReport) { tell("\(report)", isGood: report.isGood) }

  func tell(_ report: SpanReport) { tell("\(report)", isGood: report.isGood) }

  private func tell(_ text: String, isGood: Bool) {
    guard let logger = logger.withLock({ $0 }) else { return }
    if isGood { logger.notice("\(text)") } else { logger.warning("\(text)") }
  }
}
