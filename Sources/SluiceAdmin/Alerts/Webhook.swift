internal import SluiceConfiguration
internal import SluiceIncidents

/// One webhook: its queue, and how an alert becomes a request there.
final class Webhook: Sendable {
  struct Surroundings: Sendable {
    var client: DeliveryClient
    var gateway: String
    /// Unix time in milliseconds.
    var wallTime: @Sendable () -> Int64
    var report: @Sendable (AlertReport) -> Void
  }

  private let pump: DeliveryPump<WebhookQueue, AlertConfiguration>
  private let wallTime: @Sendable () -> Int64

  init(_ configuration: AlertConfiguration, _ surroundings: Surroundings) {
    let (client, gateway) = (surroundings.client, surroundings.gateway)
    wallTime = surroundings.wallTime
    pump = DeliveryPump(
      WebhookQueue(configuration), configuration,
      .init(
        loop: client.loop, wallTime: surroundings.wallTime, report: surroundings.report,
        send: { alert, configuration, done in
          Self.send(alert, of: gateway, to: configuration, through: client, done: done)
        }))
  }

  var configuration: AlertConfiguration { pump.settings }
  var counters: AlertCounters { pump.with { $0.counters } }
  var left: Int { pump.with { $0.left } }

  /// For any thread. Never waits.
  func take(_ event: ProblemEvent) {
    let wall = wallTime()
    pump.with { $0.take(event, at: DeliveryClock.now(), wall: wall) }
    pump.wake()
  }

  func adopt(_ configuration: AlertConfiguration) {
    pump.adopt(configuration) { $0.adopt(configuration) }
    pump.wake()
  }

  /// Tries what waits once more. `done` is called on the loop, or at once.
  func stop(done: @escaping @Sendable () -> Void) { pump.stop(done: done) }

  /// Forgets what waits, and tells how much that was.
  func retire() { pump.retire() }

  private static func send(
    _ alert: Alert, of gateway: String, to configuration: AlertConfiguration, through client: DeliveryClient,
    done: @escaping @Sendable (DeliveryOutcome) -> Void
  ) {
    let body: [UInt8]
    do {
      body =
        switch configuration.format {
        case .json: try AlertDocument(alert, gateway: gateway).encoded()
        case .slack: try SlackMessage(alert, gateway: gateway).encoded()
        }
    } catch {
      // Strings and numbers are always JSON.
      return done(.refused(status: 0))
    }
    client.post(
      body, to: configuration.url.text.value, configuration.headers,
      [
        ("content-type", "application/json"),
        // A structured string, as the draft of the field has it.
        ("idempotency-key", "\"\(alert.id)\""),
      ], done: done)
  }
}
