internal import Synchronization

/// The store's thread: takes what workers have handed over, tells what becomes of problems, and writes.
///
/// An incident that comes alone is written at once; while more come, what a quarter of a second brought is one batch.
struct StoreLoop: Sendable {
  /// Between two batches, in milliseconds.
  static let batchPause = 250
  /// How often time is looked at while problems are ongoing or the store fails, and while nothing is, in milliseconds.
  static let tick = 1_000
  static let idleTick = 30_000
  /// Between two tries of a store that fails, in milliseconds.
  static let retryPauseMin = 50
  static let retryPauseMax = 5_000
  /// Between two times that old problems and changes are looked for, and that drops are told, in milliseconds.
  static let oldPause: Int64 = 60_000
  static let dropsPause: Int64 = 10_000
  /// Times in a row that a lock is no reason to tell: two gateways may share a file.
  static let busyMax = 3

  struct Taken {
    var entries: [QueuedIncident]
    var counts: [ProblemCount]
    var notes: [StoreNote]
    var bounds: StoreBounds
    var persistence: Int64?
    var stops: Bool
    var isAbandoned: Bool

    var isEmpty: Bool { entries.isEmpty && counts.isEmpty && notes.isEmpty }
  }

  let writer: IncidentWriter
  var file: StoreFile
  var store: StoreConnection?
  var tracker = ProblemTracker()
  /// Incidents in our hands that are not in the store.
  var pending: ArraySlice<QueuedIncident> = []
  var notes: [StoreNote] = []
  var savedAt: Int64?
  var oldRemovedAt: Int64?
  /// Whether more is too much than one step removes.
  var hasSurplus = false

  // What fails, in `StoreLoop+Failures`.
  var isFailing = false
  var failures = 0
  /// Milliseconds until the store is tried again.
  var retryIn = 0
  var toldDrops: UInt64 = 0
  var dropsToldAt: Int64?

  init(_ writer: IncidentWriter) {
    self.writer = writer
    file = StoreFile(writer.path)
  }

  func run() {
    var loop = self
    loop.repeatUntilStopped()
    loop.store?.close()
    loop.writer.state.withLock { state in
      state.counters.dropped += UInt64(state.heldCount)
      state.entries = []
      state.isDone = true
    }
  }

  private mutating func repeatUntilStopped() {
    while true {
      let taken = take()
      let now = writer.wallTime()
      // First what an earlier process left, so that it goes on and does not begin again.
      if taken.stops { retryIn = 0 }
      open(taken, at: now)
      track(taken, at: now)
      let events = tracker.due(at: now, persistence: taken.persistence)
      let ongoing = tracker.ongoing
      writer.state.withLock { $0.counters.problemsOpen = ongoing }
      for event in write(events, taken, at: now) { writer.onProblem(event) }
      if taken.stops, pending.isEmpty && tracker.unsaved.isEmpty || isEndWithout(taken) { return }
      rest(taken)
    }
  }

  private mutating func take() -> Taken {
    let isIdle = pending.isEmpty && !hasSurplus
    return writer.state.withLock { state in
      let taken = Taken(
        entries: state.entries, counts: Array(state.counts.values), notes: state.notes, bounds: state.bounds,
        persistence: state.persistence, stops: state.stops, isAbandoned: state.isAbandoned)
      state.entries = []
      state.counts = [:]
      state.notes = []
      state.isThreadAsleep = isIdle && taken.isEmpty && !taken.stops
      return taken
    }
  }

  private mutating func track(_ taken: Taken, at now: Int64) {
    for queued in taken.entries { tracker.saw(queued.entry, at: queued.arrivedAt) }
    for count in taken.counts { tracker.saw(count, at: now) }
    pending += taken.entries
    notes += taken.notes
    let lost = notes.count - IncidentWriter.notesMax
    guard lost > 0 else { return }
    notes.removeFirst(lost)
    writer.state.withLock { $0.counters.droppedNotes += UInt64(lost) }
  }

  private mutating func rest(_ taken: Taken) {
    if retryIn > 0 { return waitToRetry() }
    if hasSurplus { return }
    if !taken.isEmpty || !pending.isEmpty {
      if !taken.stops { writer.signal.wait(Self.batchPause) }
      return
    }
    writer.signal.wait(tracker.isEmpty ? Self.idleTick : Self.tick)
  }

  // MARK: Writing

  /// Returns the events that are ours to tell.
  private mutating func write(_ events: [ProblemEvent], _ taken: Taken, at now: Int64) -> [ProblemEvent] {
    guard retryIn == 0, var open = store else { return events }
    var told = events
    do {
      try open.adopt(taken.bounds)
      store = open
      try writeAll(open, &told, isLast: taken.stops, at: now)
      if !taken.stops { try keepBounds(open, at: now) }
    } catch {
      failed(StoreFailure(error), at: now)
    }
    return told
  }

  private mutating func writeAll(
    _ open: StoreConnection, _ events: inout [ProblemEvent], isLast: Bool, at now: Int64
  ) throws {
    let isDue = isLast || !events.isEmpty || Self.isDue(savedAt, after: Int64(Self.tick), at: now)
    var batch = StoreBatch(notes: notes, events: events)
    batch.episodes = tracker.unsaved.filter { isDue || $0.problem.number == 0 }
    if isDue { savedAt = now }
    repeat {
      batch.entries = pending.prefix(StoreConnection.batchCountMax)
      for queued in batch.entries where batch.numbers[queued.entry.problem] == nil {
        batch.numbers[queued.entry.problem] = tracker.number(of: queued.entry.problem)
      }
      batch.numbers[.overflow] = batch.numbers[.overflow] ?? tracker.number(of: .overflow)
      guard !batch.isEmpty else { break }
      let outcome = try open.write(batch, at: now)
      committed(batch, outcome)
      events = events.compactMap { event in
        outcome.toldElsewhere.contains(event) ? nil : event.with(number: outcome.numbers[event.problem.key])
      }
      worked(at: now)
      batch = StoreBatch(numbers: batch.numbers.merging(outcome.numbers) { $1 })
    } while !pending.isEmpty
    if isFailing {
      try open.probe()
      worked(at: now)
    }
    tellDrops(at: now)
  }

  /// Whether something that was done at a time is to be done again; a wall clock may have been set back.
  static func isDue(_ last: Int64?, after pause: Int64, at now: Int64) -> Bool {
    guard let last else { return true }
    return now < last || now - last >= pause
  }

  private mutating func committed(_ batch: StoreBatch, _ outcome: StoreOutcome) {
    pending = pending.dropFirst(batch.entries.count)
    if pending.isEmpty { pending = [] }
    if !batch.notes.isEmpty { notes = [] }
    tracker.saved(outcome.numbers)
    let bytes = batch.bytes
    writer.state.withLock { state in
      state.heldCount -= batch.entries.count
      state.counters.queuedBytes -= bytes
      state.counters.stored += UInt64(outcome.stored)
      if state.counters.queuedBytes == 0 { state.isHalfTold = false }
    }
  }

  private mutating func keepBounds(_ open: StoreConnection, at now: Int64) throws {
    hasSurplus = try open.removeSurplus(at: now)
    guard Self.isDue(oldRemovedAt, after: Self.oldPause, at: now) else { return }
    oldRemovedAt = now
    try open.removeOld(at: now)
  }
}

extension ProblemEvent {
  fileprivate func with(number: Int64?) -> ProblemEvent {
    guard let number else { return self }
    var problem = problem
    problem.number = number
    return switch self {
    case .started: .started(problem)
    case .persists: .persists(problem)
    case .ended: .ended(problem)
    }
  }
}
