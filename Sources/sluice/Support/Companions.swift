import Logging
import SluiceAdmin
import SluiceConfiguration
import SluiceProbes

/// What runs beside the gateway in its process, and follows its configuration.
struct Companions {
  let alerts: AlertSender
  let spans: SpanExporter
  /// At problems that begin.
  let looks: ProblemLooks
  /// Of the endpoints that lie on this machine.
  let watch: EndpointWatch
  let admin: AdminStart
  /// The gateway's name.
  let installation: String

  func adopt(_ configuration: Configuration, logger: Logger) async {
    // Workers may have spans already.
    spans.adopt(configuration.tracing)
    alerts.adopt(configuration.alerts)
    watch.adopt(configuration)
    looks.adopt(configuration, installation: installation)
    do {
      try await admin.adopt(configuration.admin)
    } catch {
      logger.error("\(error); the one before goes on")
    }
  }

  /// Those that look; the others still have something to tell at the end.
  func stop() {
    watch.stop()
    looks.stop()
  }
}
