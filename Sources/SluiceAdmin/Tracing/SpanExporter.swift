public import SluiceConfiguration
public import SluiceIncidents
internal import Synchronization

/// Exports spans to a collector of OpenTelemetry (OTLP over HTTP, as protobuf). Nothing that calls it ever waits for
/// the collector.
///
/// # Why this way
/// A trace is worth little if it can hold up what it describes, so what waits has a bound, and beyond it spans are
/// dropped and counted. `take` takes a lock for as long as a block is appended to an array; another thread connects,
/// posts and waits. Without `tracing` there is no thread.
///
/// Whoever makes one calls `stop` before he lets go of it: the thread and its connections have no other end.
///
/// # Not handled here
/// Which exchanges become spans, and what spans hold (the workers and `SpanEncoder`).
public final class SpanExporter: Sendable {
  private struct State {
    var sender: SpanSender?
    /// Of collectors that are gone, and what came while there was none.
    var past = SpanCounters()
    /// Collectors that a reload removed and that still get what waited.
    var leaving: [SpanSender] = []
    var isStopped = false
  }

  private let state = Mutex(State())
  private let surroundings: SpanSender.Surroundings

  /// - Parameters:
  ///   - gateway: the installation's name.
  ///   - version: of the program.
  ///   - wallTime: Unix time in milliseconds; called on any thread.
  ///   - report: called on any thread; it must not wait.
  public convenience init(
    gateway: String, version: String, wallTime: @escaping @Sendable () -> Int64,
    report: @escaping @Sendable (SpanReport) -> Void
  ) {
    self.init(SpanSender.Surroundings(gateway: gateway, version: version, wallTime: wallTime, report: report))
  }

  init(_ surroundings: SpanSender.Surroundings) { self.surroundings = surroundings }

  /// Hands over spans. Never waits.
  public func take(_ block: SpanBlock) {
    let sender = state.withLock { state -> SpanSender? in
      if let sender = state.sender { return sender }
      state.past.dropped += UInt64(block.spans)
      state.past.exchangesLeftOut += UInt64(block.leftOut)
      return nil
    }
    sender?.take(block)
  }

  /// For the start and for a reload. What waits for a collector that stays is kept; one that is gone is given it once
  /// more, beside all else.
  public func adopt(_ tracing: TracingConfiguration?) {
    let gone = state.withLock { state -> SpanSender? in
      guard !state.isStopped else { return nil }
      if let tracing, let sender = state.sender, sender.configuration.endpoint == tracing.endpoint {
        sender.adopt(tracing)
        return nil
      }
      let gone = state.sender
      state.sender = tracing.map { SpanSender($0, surroundings) }
      if let gone { state.leaving.append(gone) }
      return gone
    }
    guard let gone else { return }
    Task { await self.leave(gone, within: SpanLimits.farewell) }
  }

  @discardableResult
  private func leave(_ sender: SpanSender, within time: Duration) async -> Int {
    let left = await sender.finish(within: time)
    state.withLock { state in
      state.past.add(sender.counters)
      state.leaving.removeAll { $0 === sender }
    }
    return left
  }

  public var counters: SpanCounters {
    state.withLock { state in
      var counters = state.past
      for sender in state.leaving { counters.add(sender.counters) }
      if let sender = state.sender { counters.add(sender.counters) }
      return counters
    }
  }

  /// Tries what waits once more, and ends the thread. What could not be exported in time is told through `report`.
  /// Afterwards nothing is taken.
  ///
  /// - Returns: spans that were not exported.
  @discardableResult
  public func stop(within time: Duration) async -> Int {
    let sender = state.withLock { state -> SpanSender? in
      state.isStopped = true
      guard let sender = state.sender else { return nil }
      state.sender = nil
      state.leaving.append(sender)
      return sender
    }
    guard let sender else { return 0 }
    return await leave(sender, within: time)
  }
}
