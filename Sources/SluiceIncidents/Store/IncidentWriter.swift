internal import Synchronization

/// The store's front: takes incidents from workers and never lets them wait.
///
/// # Why this way
/// No worker may wait for a disk (DECISIONS 15). `offer` takes a lock for as long as a pointer is appended to an array.
/// Beyond `queueBytesMax` an incident is dropped, and still counted in its problem, so that no alert is missed because
/// the store was slow. One thread opens the file, writes in batches and removes what is too much; all that can
/// fail there is told through `report` and tried again with growing pauses.
///
/// # Not handled here
/// Which incidents are worth being kept (`IncidentIntake`), and reading (`IncidentReader`, which opens it itself).
public final class IncidentWriter: Sendable {
  public struct Counters: Equatable, Sendable {
    public var stored: UInt64 = 0
    /// Incidents whose record was lost: the queue was full, or the end came first.
    public var dropped: UInt64 = 0
    /// Memory of incidents that wait, those in the thread's hands included.
    public var queuedBytes = 0
    /// Changes, examinations, sightings and counts of traffic that were lost.
    public var droppedNotes: UInt64 = 0
    /// Problems that go on.
    public var problemsOpen = 0
    /// Unix time in milliseconds since when nothing can be stored; nil: it works.
    public var failingSince: Int64?
  }

  /// Memory that waiting incidents may take: 8 MiB.
  public static let queueBytesDefault = 8 << 20
  /// Incidents that may wait, whatever they take.
  static let queueCountMax = 16_384
  /// Problems that are counted while the thread does not take them.
  static let countsMax = 2_048
  /// Changes and other notes that wait.
  static let notesMax = 1_024

  struct State {
    var entries: [QueuedIncident] = []
    /// Of counts and of incidents that found the queue full.
    var counts: [ProblemKey: ProblemCount] = [:]
    var notes: [StoreNote] = []
    /// Incidents in `entries` and in the thread's hands.
    var heldCount = 0
    var counters = Counters()
    var bounds: StoreBounds
    /// Milliseconds after which a problem persists.
    var persistence: Int64?
    var isThreadAsleep = false
    var isHalfTold = false
    var stops = false
    /// Nobody waits for the end any more.
    var isAbandoned = false
    var isDone = false
  }

  let path: String
  let state: Mutex<State>
  let signal = StoreSignal()
  let wallTime: @Sendable () -> Int64
  let onProblem: @Sendable (ProblemEvent) -> Void
  let report: @Sendable (StoreReport) -> Void
  private let queueBytesMax: Int

  /// Starts the thread, which opens the file and makes it where it is missing. Never waits and never fails: what goes
  /// wrong is told through `report`. The thread keeps the writer until `stop`.
  ///
  /// - Parameters:
  ///   - path: of the file; its folders are made with mode 0700, the file with 0600.
  ///   - wallTime: Unix time in milliseconds; called on any thread.
  ///   - persistsAfter: when a problem is told to persist; nil: never.
  ///   - queueBytesMax: memory that waiting incidents may take.
  ///   - onProblem: called on the store's thread; it must not wait.
  ///   - report: called on the store's thread; it must not wait.
  public init(
    path: String, bounds: StoreBounds = StoreBounds(), wallTime: @escaping @Sendable () -> Int64,
    persistsAfter: Duration? = nil, queueBytesMax: Int = IncidentWriter.queueBytesDefault,
    onProblem: @escaping @Sendable (ProblemEvent) -> Void = { _ in },
    report: @escaping @Sendable (StoreReport) -> Void = { _ in }
  ) {
    self.path = path
    self.wallTime = wallTime
    self.onProblem = onProblem
    self.report = report
    self.queueBytesMax = queueBytesMax
    state = Mutex(State(bounds: bounds, persistence: Self.milliseconds(persistsAfter)))
    let thread = StoreLoop(self)
    guard !SystemThread.start({ thread.run() }) else { return }
    state.withLock { state in
      state.isDone = true
      state.counters.failingSince = wallTime()
    }
    report(.failing(.noThread, path: path))
  }

  /// Hands over an incident. Never waits.
  ///
  /// - Returns: whether its record was taken; one that was not is counted as dropped, and in its problem.
  @discardableResult
  public func offer(_ entry: IncidentEntry) -> Bool {
    let queued = QueuedIncident(entry, arrivedAt: wallTime())
    let (isTaken, wakes) = state.withLock { state -> (Bool, Bool) in
      let bytes = state.counters.queuedBytes + queued.bytes
      guard !state.stops, !state.isDone, bytes <= queueBytesMax, state.heldCount < Self.queueCountMax else {
        state.counters.dropped += 1
        state.count(queued)
        return (false, false)
      }
      state.entries.append(queued)
      state.heldCount += 1
      state.counters.queuedBytes = bytes
      defer { state.isThreadAsleep = false }
      guard !state.isHalfTold, bytes > queueBytesMax / 2 else { return (true, state.isThreadAsleep) }
      state.isHalfTold = true
      return (true, true)
    }
    if wakes { signal.raise() }
    return isTaken
  }

  /// Hands over what was counted and not kept. Never waits.
  public func offer(_ counts: [ProblemCount]) {
    // One by one, so that a worker's look at the queue comes between a thousand of them.
    for count in counts { state.withLock { $0.add(count) } }
    wake()
  }

  /// Keeps a change beside the incidents that it may have caused. Never waits.
  public func note(_ change: Change) { note(.change(change)) }

  /// Keeps what was seen of an endpoint. Never waits.
  public func note(_ examination: Examination) {
    if let stored = StoredExamination(examination) { note(.examination(stored)) }
  }

  /// Keeps what went to upstreams within some seconds. Never waits.
  public func note(_ traffic: [TrafficCount]) {
    if !traffic.isEmpty { note(.traffic(traffic)) }
  }

  /// Keeps who listens at an endpoint; one with the same process and first time is replaced. Never waits.
  ///
  /// - Parameter endpoint: as configured.
  public func note(_ sighting: ProcessSighting, of endpoint: String, in upstream: String) {
    if let stored = StoredSighting(sighting, endpoint: endpoint, upstream: upstream) { note(.sighting(stored)) }
  }

  func note(_ note: StoreNote) {
    state.withLock { state in
      if state.notes.count < Self.notesMax {
        state.notes.append(note)
      } else {
        state.counters.droppedNotes += 1
      }
    }
    wake()
  }

  /// For a reload. What is too much goes in small steps.
  public func setBounds(_ bounds: StoreBounds) {
    state.withLock { $0.bounds = bounds }
    wake()
  }

  /// For a reload; nil: it is not told that a problem persists.
  public func setPersistence(after time: Duration?) {
    state.withLock { $0.persistence = Self.milliseconds(time) }
  }

  public var counters: Counters { state.withLock { $0.counters } }

  /// Writes what waits and ends the thread. Waits for it, but no longer than it is told to. For the end of the process,
  /// not for a worker.
  ///
  /// - Returns: whether all was written.
  @discardableResult
  public func stop(within time: Duration) -> Bool {
    state.withLock { $0.stops = true }
    signal.raise()
    let slice: Int64 = 5
    var left = max(Self.milliseconds(time) ?? 0, 0)
    while !isDone, left > 0 {
      pause(milliseconds: Int(slice))
      left -= slice
    }
    return state.withLock { state in
      state.isAbandoned = true
      return state.isDone && state.heldCount == 0
    }
  }

  private var isDone: Bool { state.withLock { $0.isDone } }

  private func wake() {
    let wakes = state.withLock { state in
      defer { state.isThreadAsleep = false }
      return state.isThreadAsleep
    }
    if wakes { signal.raise() }
  }

  private static func milliseconds(_ time: Duration?) -> Int64? {
    time.map { min($0.components.seconds, 1 << 40) * 1000 + $0.components.attoseconds / 1_000_000_000_000_000 }
  }
}

extension IncidentWriter.State {
  /// The record is lost, the number is not.
  fileprivate mutating func count(_ queued: QueuedIncident) {
    let entry = queued.entry
    add(
      ProblemCount(
        problem: entry.problem, who: entry.who, absorbed: entry.kind == .absorbed ? 1 : 0, count: 1,
        firstSeen: entry.time, lastSeen: entry.time))
  }

  fileprivate mutating func add(_ more: ProblemCount) {
    guard !isDone else { return }
    guard let index = counts.index(forKey: more.problem) else {
      let isFull = counts.count >= IncidentWriter.countsMax
      guard isFull, more.problem != .overflow else { return counts[more.problem] = more }
      var overflow = more
      overflow.problem = .overflow
      overflow.who = "unknown"
      return add(overflow)
    }
    counts.values[index].count += more.count
    counts.values[index].absorbed += more.absorbed
    counts.values[index].firstSeen = min(counts.values[index].firstSeen, more.firstSeen)
    counts.values[index].lastSeen = max(counts.values[index].lastSeen, more.lastSeen)
  }
}
