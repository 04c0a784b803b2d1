internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// Performs what the queue of one webhook decides. Its lock is held for a decision, never for a wait.
final class Webhook: Sendable {
  struct Surroundings: Sendable {
    var client: WebhookClient
    var gateway: String
    /// Unix time in milliseconds.
    var wallTime: @Sendable () -> Int64
    var report: @Sendable (AlertReport) -> Void
  }

  private struct State {
    var queue: WebhookQueue
    var random = SystemRandomNumberGenerator()
    var timer: Scheduled<Void>?
    var isAdvancing = false
    /// Called once nothing is left to try.
    var whenDone: (@Sendable () -> Void)?
  }

  private let state: Mutex<State>
  private let surroundings: Surroundings

  init(_ configuration: AlertConfiguration, _ surroundings: Surroundings) {
    state = Mutex(State(queue: WebhookQueue(configuration)))
    self.surroundings = surroundings
  }

  var configuration: AlertConfiguration { state.withLock { $0.queue.configuration } }
  var counters: AlertCounters { state.withLock { $0.queue.counters } }
  var left: Int { state.withLock { $0.queue.left } }

  /// For any thread. Never waits.
  func take(_ event: ProblemEvent) {
    let wall = surroundings.wallTime()
    state.withLock { $0.queue.take(event, at: AlertClock.now(), wall: wall) }
    wake()
  }

  func adopt(_ configuration: AlertConfiguration) {
    state.withLock { $0.queue.adopt(configuration) }
    wake()
  }

  /// Tries what waits once more. `done` is called on the loop, or at once.
  func stop(done: @escaping @Sendable () -> Void) {
    state.withLock { state in
      state.queue.stop()
      state.whenDone = done
    }
    wake()
  }

  /// Forgets what waits, and tells how much that was.
  func retire() {
    let timer = state.withLock { state in
      state.queue.retire()
      defer { state.timer = nil }
      return state.timer
    }
    timer?.cancel()
    tell()
  }

  /// One task on the loop at a time, however many events come, and none after `retire`: the loop may be gone then. The
  /// lock is held meanwhile, so that it cannot go in between; `execute` never runs the task itself.
  private func wake() {
    state.withLock { state in
      guard !state.isAdvancing, !state.queue.isRetired else { return }
      state.isAdvancing = true
      surroundings.client.loop.execute { self.advance() }
    }
  }

  /// On the loop.
  private func advance() {
    let wall = surroundings.wallTime()
    let (step, timer, whenDone) = state.withLock { state in
      state.isAdvancing = false
      defer { state.timer = nil }
      let step = state.queue.next(at: AlertClock.now(), wall: wall, using: &state.random)
      guard state.queue.isDone, let whenDone = state.whenDone else { return (step, state.timer, nil as (() -> Void)?) }
      state.whenDone = nil
      return (step, state.timer, whenDone)
    }
    timer?.cancel()
    tell()
    switch step {
    case .idle: break
    case .wait(let until): wait(until: until)
    case .send(let alert): send(alert)
    }
    whenDone?()
  }

  private func wait(until: Instant) {
    let timer = surroundings.client.loop.scheduleTask(deadline: AlertClock.deadline(until)) { self.advance() }
    state.withLock { $0.timer = timer }
  }

  private func send(_ alert: Alert) {
    let configuration = configuration
    let body: [UInt8]
    do {
      body =
        switch configuration.format {
        case .json: try AlertDocument(alert, gateway: surroundings.gateway).encoded()
        case .slack: try SlackMessage(alert, gateway: surroundings.gateway).encoded()
        }
    } catch {
      // Strings and numbers are always JSON.
      return finished(.refused(status: 0))
    }
    surroundings.client.post(body, id: alert.id, to: configuration) { self.finished($0) }
  }

  private func finished(_ outcome: DeliveryOutcome) {
    state.withLock { $0.queue.finished(outcome, at: AlertClock.now(), using: &$0.random) }
    advance()
  }

  private func tell() {
    let reports = state.withLock { $0.queue.takeReports() }
    for report in reports { surroundings.report(report) }
  }
}
