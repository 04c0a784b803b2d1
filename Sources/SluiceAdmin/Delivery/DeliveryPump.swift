internal import NIOCore
internal import SluiceCore
internal import Synchronization

/// Performs what the queue of one receiver decides, on a loop. Its lock is held for a decision, never for a wait.
final class DeliveryPump<Queue: DeliveryQueue, Settings: Sendable>: Sendable {
  struct Surroundings: Sendable {
    var loop: any EventLoop
    /// Unix time in milliseconds.
    var wallTime: @Sendable () -> Int64
    var report: @Sendable (Queue.Report) -> Void
    /// One try; what came of it is told on the loop, exactly once.
    var send: @Sendable (Queue.Item, Settings, _ done: @escaping @Sendable (DeliveryOutcome) -> Void) -> Void
  }

  private struct State {
    var queue: Queue
    /// Of the receiver; a reload may change them.
    var settings: Settings
    var random = SystemRandomNumberGenerator()
    var timer: Scheduled<Void>?
    var isAdvancing = false
    /// Called once nothing is left to try.
    var whenDone: (@Sendable () -> Void)?
  }

  private let state: Mutex<State>
  private let surroundings: Surroundings

  init(_ queue: Queue, _ settings: Settings, _ surroundings: Surroundings) {
    state = Mutex(State(queue: queue, settings: settings))
    self.surroundings = surroundings
  }

  var settings: Settings { state.withLock { $0.settings } }

  /// Asks the queue, or gives it something. Whoever thereby makes it say something new calls `wake`.
  func with<Value: Sendable>(_ body: (inout Queue) -> Value) -> Value { state.withLock { body(&$0.queue) } }

  func adopt(_ settings: Settings, _ body: (inout Queue) -> Void = { _ in }) {
    state.withLock { state in
      state.settings = settings
      body(&state.queue)
    }
  }

  /// Tries what waits once more. `done` is called on the loop, or at once.
  func stop(done: @escaping @Sendable () -> Void) {
    state.withLock { state in
      state.queue.stop()
      state.whenDone = done
    }
    wake()
  }

  /// Gives up what waits, and tells how much that was.
  func retire() {
    let timer = state.withLock { state in
      state.queue.retire()
      defer { state.timer = nil }
      return state.timer
    }
    timer?.cancel()
    tell()
  }

  /// One task on the loop at a time, however much comes, and none after `retire`: the loop may be gone then. The lock
  /// is held meanwhile, so that it cannot go in between; `execute` never runs the task itself.
  func wake() {
    state.withLock { state in
      guard !state.isAdvancing, !state.queue.isRetired else { return }
      state.isAdvancing = true
      surroundings.loop.execute { self.advance() }
    }
  }

  /// On the loop.
  private func advance() {
    let wall = surroundings.wallTime()
    let (step, settings, timer, whenDone) = state.withLock { state in
      state.isAdvancing = false
      defer { state.timer = nil }
      let step = state.queue.next(at: DeliveryClock.now(), wall: wall, using: &state.random)
      let whenDone = state.queue.isDone ? state.whenDone : nil
      if whenDone != nil { state.whenDone = nil }
      return (step, state.settings, state.timer, whenDone)
    }
    timer?.cancel()
    tell()
    switch step {
    case .idle: break
    case .wait(let until): wait(until: until)
    case .send(let item): surroundings.send(item, settings) { self.finished($0) }
    }
    whenDone?()
  }

  private func wait(until: Instant) {
    let timer = surroundings.loop.scheduleTask(deadline: DeliveryClock.deadline(until)) { self.advance() }
    state.withLock { $0.timer = timer }
  }

  private func finished(_ outcome: DeliveryOutcome) {
    state.withLock { $0.queue.finished(outcome, at: DeliveryClock.now(), using: &$0.random) }
    advance()
  }

  private func tell() {
    let reports = state.withLock { $0.queue.takeReports() }
    for report in reports { surroundings.report(report) }
  }
}
