internal import Synchronization

/// Passes events on to everyone who listens, without waiting for anyone.
///
/// Each listener has a queue with a bound. Where it is full the event is left out for that listener and counted, and
/// the next one that fits says so; a listener that takes nothing for a while is ended. Events are made once and shared.
final class EventHub: Sendable {
  /// Listeners at the same time.
  static let listenersMax = 16
  /// Events that wait for one listener.
  static let queueMax = 64
  /// Kept events that one who comes back can be sent.
  static let historyMax = 256
  /// Events in a row that are left out for one listener before it is ended.
  static let droppedMax = 256

  fileprivate struct Listener {
    var queue: AsyncStream<[UInt8]>.Continuation
    var dropped = 0
    var droppedInARow = 0
  }

  fileprivate struct Kept {
    var number: UInt64
    var text: [UInt8]
  }

  fileprivate struct State {
    var listeners: [UInt64: Listener] = [:]
    var listenerNumber: UInt64 = 0
    var history: [Kept] = []
    var number: UInt64 = 0
    /// Tells IDs of one unbroken row of events from those of another.
    var epoch: Int64 = 0
    /// Unix time in milliseconds when somebody last listened; nil: nobody ever did.
    var watchedAt: Int64?
  }

  private let state = Mutex(State())

  /// A listener's stream, and what it has to be told first.
  struct Subscription: Sendable {
    var stream: AsyncStream<[UInt8]>
    var number: UInt64
    /// Whether what it had missed is in its queue; otherwise it knows nothing.
    var isResumed: Bool
  }

  /// - Parameter lastID: the last event that it saw, as it says itself.
  /// - Returns: nil where there are too many.
  func subscribe(after lastID: String?, at now: Int64) -> Subscription? {
    state.withLock { state -> Subscription? in
      guard state.listeners.count < Self.listenersMax else { return nil }
      if state.epoch == 0 { state.epoch = now }
      let (stream, queue) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingOldest(Self.queueMax))
      state.listenerNumber += 1
      let number = state.listenerNumber
      queue.onTermination = { [weak self] _ in self?.leave(number) }
      var listener = Listener(queue: queue)
      let missed = state.missed(after: lastID)
      for kept in missed ?? [] { listener.offer(kept.text) }
      state.listeners[number] = listener
      state.watchedAt = now
      return Subscription(stream: stream, number: number, isResumed: missed != nil)
    }
  }

  private func leave(_ number: UInt64) { _ = state.withLock { $0.listeners.removeValue(forKey: number) } }

  var listenerCount: Int { state.withLock { $0.listeners.count } }

  /// Whether somebody listens, or did so within a while.
  ///
  /// - Parameter span: milliseconds.
  func isWatched(at now: Int64, within span: Int64) -> Bool {
    state.withLock { state in
      if !state.listeners.isEmpty { state.watchedAt = now }
      return state.watchedAt.map { $0 > now - span } ?? false
    }
  }

  /// For all.
  func publish(_ event: AdminEvent) {
    let ended = state.withLock { state -> [AsyncStream<[UInt8]>.Continuation] in
      guard event.kind.isKept else { return state.offer(event.text(id: nil)) }
      state.number += 1
      let text = event.text(id: "\(state.epoch)-\(state.number)")
      state.history.append(Kept(number: state.number, text: text))
      if state.history.count > Self.historyMax { state.history.removeFirst() }
      return state.offer(text)
    }
    // Outside of the lock, which the end of a stream takes.
    for queue in ended { queue.finish() }
  }

  /// For one, before it has seen anything.
  func greet(_ number: UInt64, with events: [AdminEvent]) {
    state.withLock { state in
      for event in events { state.listeners[number]?.offer(event.text(id: nil)) }
    }
  }

  func heartbeat() {
    let ended = state.withLock { $0.offer(AdminEvent.heartbeat) }
    for queue in ended { queue.finish() }
  }

  /// Events were not looked for: who comes back has missed some that nobody knows.
  func breakRow(at now: Int64) {
    state.withLock { state in
      state.history.removeAll()
      state.epoch = now
    }
  }

  /// Ends all streams.
  func finish() {
    let listeners = state.withLock { state in
      defer { state.listeners.removeAll() }
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.queue.finish() }
  }
}

extension EventHub.State {
  /// - Returns: queues of those that take nothing any more, to be ended.
  fileprivate mutating func offer(_ text: [UInt8]) -> [AsyncStream<[UInt8]>.Continuation] {
    var ended: [AsyncStream<[UInt8]>.Continuation] = []
    for number in Array(listeners.keys) {
      listeners[number]?.offer(text)
      if let listener = listeners[number], listener.droppedInARow > EventHub.droppedMax {
        ended.append(listener.queue)
        listeners[number] = nil
      }
    }
    return ended
  }

  /// Kept events behind one; nil: they are not known.
  fileprivate func missed(after id: String?) -> [EventHub.Kept]? {
    let parts = id?.split(separator: "-") ?? []
    guard parts.count == 2, Int64(parts[0]) == epoch, let last = UInt64(parts[1]), last <= number else { return nil }
    guard last == number || history.first.map({ $0.number <= last + 1 }) == true else { return nil }
    return history.filter { $0.number > last }
  }
}

extension EventHub.Listener {
  fileprivate mutating func offer(_ text: [UInt8]) {
    if dropped > 0 {
      let notice = AdminEvent(.dropped, DroppedNotice(events: dropped)).text(id: nil)
      guard case .enqueued = queue.yield(notice) else { return drop() }
      dropped = 0
    }
    if case .enqueued = queue.yield(text) { droppedInARow = 0 } else { drop() }
  }

  private mutating func drop() {
    dropped += 1
    droppedInARow += 1
  }
}
