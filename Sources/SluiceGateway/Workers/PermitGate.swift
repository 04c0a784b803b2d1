internal import SluiceCore
internal import Synchronization

/// Permits of one kind for the whole process: one atomic word, and a queue in order of arrival behind a lock that only
/// those take who wait or meet a waiter.
final class PermitGate: Sendable {
  /// Names a waiter until it has its permit or has left.
  struct Ticket: Hashable, Sendable {
    let number: UInt64
  }

  enum Acquisition: Sendable, Equatable {
    case granted
    case queued(Ticket)
    case refused
  }

  /// Called with the ticket, on the thread that gave the permit back: it must hop to its own worker.
  typealias Grant = @Sendable (Ticket) -> Void

  private struct Waiter {
    let ticket: Ticket
    let grant: Grant
  }

  private struct Waiters {
    var queue: [Waiter] = []
    var nextNumber: UInt64 = 0
    var pace = QueuePace()
  }

  private let word = Atomic<UInt64>(0)
  private let capacity: Atomic<UInt32>
  private let queueLimit: Atomic<UInt32>
  private let waiters = Mutex(Waiters())

  init(capacity: Int, queueLimit: Int) {
    self.capacity = Atomic(UInt32(clamping: capacity))
    self.queueLimit = Atomic(UInt32(clamping: queueLimit))
  }

  var inUse: Int { Int(PermitWord(bits: word.load(ordering: .relaxed)).inUse) }
  var waiting: Int { Int(PermitWord(bits: word.load(ordering: .relaxed)).waiting) }

  func acquire(_ grant: @autoclosure () -> Grant) -> Acquisition {
    if tryAcquire() { return .granted }
    return waiters.withLock { waiters in
      // A permit may come free between the two steps; whoever gave it back saw nobody waiting.
      while !transition({ queueing($0) }) {
        if tryAcquire() { return .granted }
        if isQueueFull { return .refused }
      }
      let ticket = Ticket(number: waiters.nextNumber)
      waiters.nextNumber += 1
      if waiters.queue.isEmpty { waiters.pace.began(at: Clock.now()) }
      waiters.queue.append(Waiter(ticket: ticket, grant: grant()))
      return .queued(ticket)
    }
  }

  private func queueing(_ word: PermitWord) -> PermitWord? {
    word.queueing(capacity: capacity.load(ordering: .relaxed), limit: queueLimit.load(ordering: .relaxed))
  }

  private var isQueueFull: Bool { waiting >= Int(queueLimit.load(ordering: .relaxed)) }

  func tryAcquire() -> Bool {
    transition { $0.acquiring(capacity: capacity.load(ordering: .relaxed)) }
  }

  func release() {
    if transition({ $0.releasing() }) { return }
    let waiter = waiters.withLock { waiters -> Waiter? in
      if transition({ $0.shrinking(capacity: capacity.load(ordering: .relaxed)) ?? $0.releasing() }) { return nil }
      _ = transition { $0.passingOn() }
      guard !waiters.queue.isEmpty else { return nil }
      waiters.pace.served(at: Clock.now())
      return waiters.queue.removeFirst()
    }
    if let waiter { waiter.grant(waiter.ticket) }
  }

  /// The waiter gives up.
  ///
  /// - Returns: false where its permit is on the way: whoever receives the grant must release it.
  func cancel(_ ticket: Ticket) -> Bool {
    waiters.withLock { waiters in
      guard let position = waiters.queue.firstIndex(where: { $0.ticket == ticket }) else { return false }
      waiters.queue.remove(at: position)
      _ = transition { $0.leaving() }
      return true
    }
  }

  /// How many of those who wait were served in a second lately; nil where that is not known.
  var servedPerSecond: Double? { waiters.withLock { $0.pace.perSecond(at: Clock.now()) } }

  /// A reload may change the bounds.
  func resize(capacity: Int, queueLimit: Int) {
    self.queueLimit.store(UInt32(clamping: queueLimit), ordering: .relaxed)
    resize(capacity: capacity)
  }

  /// Permits above a smaller capacity are taken back when they are released; a larger one serves those who wait.
  func resize(capacity: Int) {
    self.capacity.store(UInt32(clamping: capacity), ordering: .relaxed)
    let granted = waiters.withLock { waiters -> [Waiter] in
      var granted: [Waiter] = []
      while !waiters.queue.isEmpty, transition({ $0.promoting(capacity: UInt32(clamping: capacity)) }) {
        granted.append(waiters.queue.removeFirst())
        waiters.pace.served(at: Clock.now())
      }
      return granted
    }
    for waiter in granted { waiter.grant(waiter.ticket) }
  }

  private func transition(_ next: (PermitWord) -> PermitWord?) -> Bool {
    var bits = word.load(ordering: .relaxed)
    while let wanted = next(PermitWord(bits: bits)) {
      let (exchanged, original) = word.weakCompareExchange(
        expected: bits, desired: wanted.bits, ordering: .acquiringAndReleasing)
      if exchanged { return true }
      bits = original
    }
    return false
  }
}
