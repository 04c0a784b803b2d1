internal import NIOCore
public import SluiceConfiguration
internal import SluiceCore
public import SluiceIncidents
internal import Synchronization

/// Tells webhooks what becomes of problems. Nothing that calls it ever waits for a receiver.
///
/// # Why this way
/// An alert is worth little if it can hold up what it warns of. `tell` takes a lock for a decision and returns; another
/// thread connects, posts and waits. Each webhook has its own queue with a bound, so that one that hangs does not
/// keep another from its alerts. Without a webhook there is no thread.
///
/// Whoever makes one calls `stop` before he lets go of it: the thread and its connections have no other end.
///
/// # Not handled here
/// Which problems begin and end (`ProblemTracker`), and whether they were told before the process was started (the
/// store).
public final class AlertSender: Sendable {
  private struct State {
    var webhooks: [Webhook] = []
    /// Those that a reload removed and whose end is not counted yet.
    var leaving: [Webhook] = []
    /// Of webhooks that are gone, by their place; the one that went first stands first.
    var past: [(place: String, counters: AlertCounters)] = []
    /// nil until there is a webhook.
    var client: DeliveryClient?
    var isStopped = false
  }

  private let state: Mutex<State>
  private let gateway: String
  private let settings: DeliveryClient.Settings
  private let wallTime: @Sendable () -> Int64
  private let report: @Sendable (AlertReport) -> Void

  /// - Parameters:
  ///   - gateway: the installation's name, which stands in each alert.
  ///   - wallTime: Unix time in milliseconds; called on any thread.
  ///   - report: called on any thread; it must not wait.
  public convenience init(
    _ alerts: [AlertConfiguration], gateway: String, wallTime: @escaping @Sendable () -> Int64,
    report: @escaping @Sendable (AlertReport) -> Void
  ) {
    self.init(alerts, gateway: gateway, client: .alerts, wallTime: wallTime, report: report)
  }

  init(
    _ alerts: [AlertConfiguration], gateway: String, client settings: DeliveryClient.Settings,
    wallTime: @escaping @Sendable () -> Int64, report: @escaping @Sendable (AlertReport) -> Void
  ) {
    self.gateway = gateway
    self.settings = settings
    self.wallTime = wallTime
    self.report = report
    state = Mutex(State())
    adopt(alerts)
  }

  /// Hands over a turn in a problem's life. Never waits.
  public func tell(_ event: ProblemEvent) {
    for webhook in state.withLock({ $0.webhooks }) { webhook.take(event) }
  }

  /// For a reload. A webhook whose URL stays keeps what waits for it; what waits for one that is gone is forgotten and
  /// counted.
  public func adopt(_ alerts: [AlertConfiguration]) {
    let gone = state.withLock { state -> [Webhook] in
      guard !state.isStopped else { return [] }
      var old = state.webhooks
      defer { state.leaving += old }
      state.webhooks = []
      for alert in alerts {
        if let index = old.firstIndex(where: { $0.configuration.url == alert.url }) {
          let webhook = old.remove(at: index)
          webhook.adopt(alert)
          state.webhooks.append(webhook)
        } else {
          state.webhooks.append(Webhook(alert, surroundings(&state)))
        }
      }
      return old
    }
    for webhook in gone { leave(webhook) }
  }

  /// What it counted stays counted: whoever reads counters takes one that falls for a new start.
  private func leave(_ webhook: Webhook) {
    webhook.retire()
    var counters = webhook.counters
    counters.dropped += UInt64(counters.waiting)
    counters.waiting = 0
    state.withLock { state in
      state.leaving.removeAll { $0 === webhook }
      Self.add((webhook.configuration.url.place, counters), to: &state.past)
      // A place that is configured goes on, so it is not the one to be forgotten.
      guard state.past.count > AlertLimits.pastMax else { return }
      let known = Set(state.webhooks.map(\.configuration.url.place))
      let index = state.past.firstIndex { !known.contains($0.place) } ?? 0
      state.past.remove(at: index)
    }
  }

  private static func add(
    _ counted: (place: String, counters: AlertCounters), to all: inout [(place: String, counters: AlertCounters)]
  ) {
    if let index = all.firstIndex(where: { $0.place == counted.place }) {
      all[index].counters.add(counted.counters)
    } else {
      all.append(counted)
    }
  }

  private func surroundings(_ state: inout State) -> Webhook.Surroundings {
    let client = state.client ?? DeliveryClient(settings, wallTime: wallTime)
    state.client = client
    return Webhook.Surroundings(client: client, gateway: gateway, wallTime: wallTime, report: report)
  }

  /// By the webhook's place: those of the configuration in its order, then those that are gone. Two webhooks of one
  /// place are one.
  public var counters: [(place: String, counters: AlertCounters)] {
    state.withLock { state in
      var all: [(place: String, counters: AlertCounters)] = []
      for webhook in state.webhooks + state.leaving {
        Self.add((webhook.configuration.url.place, webhook.counters), to: &all)
      }
      for past in state.past { Self.add(past, to: &all) }
      return all
    }
  }

  /// Tries what waits once more, each webhook in one message, and ends the thread. What could not be delivered in time
  /// is told through `report`. Afterwards nothing is taken.
  ///
  /// - Returns: events that were not delivered.
  @discardableResult
  public func stop(within time: Duration) async -> Int {
    let (webhooks, client) = state.withLock { state in
      state.isStopped = true
      defer { (state.webhooks, state.client) = ([], nil) }
      return (state.webhooks, state.client)
    }
    guard let client else { return 0 }
    let all = client.loop.makePromise(of: Void.self)
    let missing = Mutex(webhooks.count)
    for webhook in webhooks {
      webhook.stop {
        let isLast = missing.withLock { missing in
          missing -= 1
          return missing == 0
        }
        if isLast { all.succeed() }
      }
    }
    if webhooks.isEmpty { all.succeed() }
    let end = client.loop.scheduleTask(in: TimeAmount(time)) { all.succeed() }
    try? await all.futureResult.get()
    end.cancel()
    let left = webhooks.reduce(0) { $0 + $1.left }
    for webhook in webhooks { webhook.retire() }
    await client.close()
    return left
  }
}
