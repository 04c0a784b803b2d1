internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// Performs what the queue of one collector decides. Its lock is held for a decision, never for a wait.
final class SpanSender: Sendable {
  struct Surroundings: Sendable {
    var gateway: String
    var version: String
    var queueBytesMax = SpanLimits.queueBytesMax
    var tryTime = SpanLimits.tryTime
    /// Unix time in milliseconds.
    var wallTime: @Sendable () -> Int64
    var report: @Sendable (SpanReport) -> Void
  }

  private struct State {
    var queue: SpanQueue
    var configuration: TracingConfiguration
    var random = SystemRandomNumberGenerator()
    var timer: Scheduled<Void>?
    var isAdvancing = false
    /// Called once nothing is left to try.
    var whenDone: (@Sendable () -> Void)?
  }

  private let state: Mutex<State>
  private let client: CollectorClient
  private let surroundings: Surroundings

  init(_ configuration: TracingConfiguration, _ surroundings: Surroundings) {
    let queue = SpanQueue(place: configuration.endpoint.place, bytesMax: surroundings.queueBytesMax)
    state = Mutex(State(queue: queue, configuration: configuration))
    client = CollectorClient(tryTime: surroundings.tryTime, wallTime: surroundings.wallTime)
    self.surroundings = surroundings
  }

  var configuration: TracingConfiguration { state.withLock { $0.configuration } }
  var counters: SpanCounters { state.withLock { $0.queue.counters } }

  /// For any thread. Never waits.
  func take(_ block: SpanBlock) {
    if state.withLock({ $0.queue.take(block, at: AlertClock.now()) }) { wake() }
  }

  /// Other settings of the same collector.
  func adopt(_ configuration: TracingConfiguration) { state.withLock { $0.configuration = configuration } }

  /// Tries what waits once more, gives up at the end of the time, and ends the thread.
  ///
  /// - Returns: spans that were not exported.
  func finish(within time: Duration) async -> Int {
    let done = client.loop.makePromise(of: Void.self)
    let before = state.withLock { state in
      state.queue.stop()
      state.whenDone = { done.succeed() }
      return state.queue.counters.expired
    }
    let end = client.loop.scheduleTask(in: TimeAmount(time)) { done.succeed() }
    wake()
    try? await done.futureResult.get()
    end.cancel()
    let (left, timer) = state.withLock { state in
      defer { state.timer = nil }
      state.queue.retire()
      return (Int(state.queue.counters.expired - before), state.timer)
    }
    timer?.cancel()
    tell()
    await client.close()
    return left
  }

  /// One task on the loop at a time, however many blocks come, and none after the end: the loop may be gone then. The
  /// lock is held meanwhile, so that it cannot go in between; `execute` never runs the task itself.
  private func wake() {
    state.withLock { state in
      guard !state.isAdvancing, !state.queue.isRetired else { return }
      state.isAdvancing = true
      client.loop.execute { self.advance() }
    }
  }

  /// On the loop.
  private func advance() {
    let (step, timer, whenDone) = state.withLock { state in
      state.isAdvancing = false
      defer { state.timer = nil }
      let step = state.queue.next(at: AlertClock.now())
      guard state.queue.isDone, let whenDone = state.whenDone else { return (step, state.timer, nil as (() -> Void)?) }
      state.whenDone = nil
      return (step, state.timer, whenDone)
    }
    timer?.cancel()
    tell()
    switch step {
    case .idle: break
    case .wait(let until): wait(until: until)
    case .send(let batch): send(batch)
    }
    whenDone?()
  }

  private func wait(until: Instant) {
    let timer = client.loop.scheduleTask(deadline: AlertClock.deadline(until)) { self.advance() }
    state.withLock { $0.timer = timer }
  }

  private func send(_ batch: SpanBatch) {
    let configuration = configuration
    let resource = ExportRequest.Resource(
      service: configuration.service, gateway: surroundings.gateway, version: surroundings.version)
    client.post(ExportRequest(resource).encoded(batch.blocks), to: configuration) { self.finished($0) }
  }

  private func finished(_ outcome: ExportOutcome) {
    state.withLock { $0.queue.finished(outcome, at: AlertClock.now(), random: $0.random.next()) }
    advance()
  }

  private func tell() {
    let reports = state.withLock { $0.queue.takeReports() }
    for report in reports { surroundings.report(report) }
  }
}
