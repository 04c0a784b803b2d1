internal import CCares
internal import Glibc
internal import SluiceCore
internal import Synchronization

/// What other threads hand to the resolver's thread: a bounded queue and the descriptor that wakes it.
final class ResolverInbox: Sendable {
  struct Query: Sendable {
    var name: String
    var start: Instant
    var completion: @Sendable (Resolution) -> Void
  }

  struct Timer: Sendable {
    var deadline: Instant
    var action: @Sendable () -> Void
  }

  struct Taken: Sendable {
    var queries: [Query] = []
    var timers: [Timer] = []
    var isStopping = false
  }

  private struct State {
    /// An eventfd; -1 once the thread has ended.
    var wake: Int32
    var incoming = Taken()
    /// Queries handed in and not completed.
    var open = 0
    var timersOpen = 0
  }

  private let state: Mutex<State>
  /// For the thread alone, which closes it: stays the same number until `close`.
  let wakeDescriptor: Int32

  init() throws(ResolverError) {
    let descriptor = sluice_wake_descriptor()
    guard descriptor >= 0 else { throw .system(errno: errno) }
    wakeDescriptor = descriptor
    state = Mutex(State(wake: descriptor))
  }

  enum Offer { case taken, full, stopped }

  func offer(_ query: Query) -> Offer {
    state.withLock { state in
      guard state.wake >= 0, !state.incoming.isStopping else { return .stopped }
      guard state.open < ResolverLimits.lookupsMax else { return .full }
      state.open += 1
      state.incoming.queries.append(query)
      Self.wake(state.wake)
      return .taken
    }
  }

  /// False where the resolver is stopped or holds as many timers as it may.
  func offer(_ timer: Timer) -> Bool {
    state.withLock { state in
      guard state.wake >= 0, !state.incoming.isStopping, state.timersOpen < ResolverLimits.timersMax else {
        return false
      }
      state.timersOpen += 1
      state.incoming.timers.append(timer)
      Self.wake(state.wake)
      return true
    }
  }

  func stop() {
    state.withLock { state in
      state.incoming.isStopping = true
      if state.wake >= 0 { Self.wake(state.wake) }
    }
  }

  // MARK: The thread's side

  func take() -> Taken {
    state.withLock { state in
      if state.wake >= 0 {
        var count = eventfd_t()
        eventfd_read(state.wake, &count)
      }
      defer { state.incoming = Taken(isStopping: state.incoming.isStopping) }
      return state.incoming
    }
  }

  func completed() { state.withLock { $0.open -= 1 } }

  func timerFired() { state.withLock { $0.timersOpen -= 1 } }

  /// The thread's last act: what was handed in meanwhile is returned, and nothing is taken any more.
  func close() -> Taken {
    state.withLock { state in
      if state.wake >= 0 { Glibc.close(state.wake) }
      state.wake = -1
      defer { state.incoming = Taken(isStopping: true) }
      return state.incoming
    }
  }

  /// A full counter means that the thread is already to wake, so the result does not matter.
  private static func wake(_ descriptor: Int32) { _ = eventfd_write(descriptor, 1) }

  deinit {
    // Only where the thread could not be started; it closes the descriptor otherwise.
    _ = close()
  }
}
