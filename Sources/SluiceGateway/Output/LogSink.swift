internal import Glibc
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// A file, pipe or terminal that lines are written to by a thread of its own.
///
/// # Why this way
/// No worker may wait for a disk or for whoever reads our standard error (DECISIONS 15). `offer` takes a lock for as
/// long as an array is appended to, and never waits: beyond `queueBytesMax` it drops and counts. A descriptor that
/// takes nothing (ENOSPC, an unread pipe) is tried again with growing pauses; what was dropped meanwhile is told
/// through `report` once a write succeeds.
///
/// A busy gateway fills a block in a few milliseconds, and waking the thread for each, with the switch of threads and a
/// small write, cost more than the bytes did. So `trade` lets blocks wait until there are `batchBytes` of them, which
/// are then written by one call; `hurry` ends the waiting, and a worker calls it ten times a second. `trade` gives
/// storage back that has been written from: a batch that is freed at once would go back to the kernel, and come back as
/// pages that it has to clear.
///
/// The descriptor's flags are left alone, since standard output is shared with other processes: poll tells when a pipe
/// takes `pipeBytesMax` without blocking. Should another writer be faster, only this thread waits, and `stop` does not
/// wait for it longer than it was told to.
public final class LogSink: Sendable {
  public enum Target: Sendable, Equatable {
    /// Appended to, created with mode 0600.
    case file(path: String)
    /// Not closed by us.
    case descriptor(Int32)
  }

  /// What the sink has to say of itself. Called on its thread, without a lock.
  public enum Report: Sendable, Equatable {
    /// A write failed, or nothing was taken for `LogWriter.stall` (`EAGAIN`); told once until it works again.
    case failing(errno: Int32)
    /// Writing works, and this much had been dropped since the last such report.
    case dropped(lines: UInt64, bytes: UInt64)
    case reopened
    /// The file could not be opened again: the old one is written to.
    case reopenFailed(errno: Int32)
  }

  public struct OpenFailure: Error, Equatable {
    public var path: String
    public var errno: Int32
  }

  public struct Counters: Sendable, Equatable {
    public var writtenBytes: UInt64 = 0
    public var droppedLines: UInt64 = 0
    public var droppedBytes: UInt64 = 0
    /// Bytes that wait, the block that is being written included.
    public var queuedBytes = 0
  }

  /// Bytes of memory that waiting blocks may take, unless told otherwise: 8 MiB.
  public static let queueBytesDefault = 8 << 20
  /// Memory that each block takes beside its bytes.
  static let blockOverhead = 64
  /// Bytes that traded blocks come to before the thread is woken for them: 256 KiB.
  public static let batchBytes = 256 << 10
  /// Written blocks whose storage is kept for use again: as many as a batch has.
  static let spareMax = 8
  /// Bytes of storage that is kept.
  static let spareBytes = WorkerLog.blockBytes...2 * WorkerLog.blockBytes

  struct State {
    var blocks: [[UInt8]] = []
    /// What waits is to be written now, however little it is.
    var isDue = false
    /// Empty blocks with storage.
    var spare: [[UInt8]] = []
    /// Memory of `blocks` and of those in the thread's hands.
    var heldBytes = 0
    var counters = Counters()
    var reportedLines: UInt64 = 0
    var reportedBytes: UInt64 = 0
    var isWriterAsleep = false
    var reopens = false
    var stopsAt: Instant?
  }

  let target: Target
  let state = Mutex(State())
  let report: @Sendable (Report) -> Void
  private let queueBytesMax: Int
  private let wakePipe: Pipe
  private let donePipe: Pipe

  /// Opens the target and starts the thread.
  ///
  /// - Parameters:
  ///   - queueBytesMax: bytes of memory that waiting blocks may take.
  ///   - report: called on the sink's thread; it must not wait.
  /// - Throws: `OpenFailure`, also where no pipe or thread could be made.
  public init(
    _ target: Target, queueBytesMax: Int = LogSink.queueBytesDefault,
    report: @escaping @Sendable (Report) -> Void = { _ in }
  ) throws(OpenFailure) {
    self.target = target
    self.queueBytesMax = queueBytesMax
    self.report = report
    let descriptor: Int32
    switch target {
    case .descriptor(let number): descriptor = number
    case .file(let path):
      descriptor = Self.open(path)
      guard descriptor >= 0 else { throw OpenFailure(path: path, errno: errno) }
    }
    guard let wakePipe = Pipe() else { throw OpenFailure(path: "pipe", errno: errno) }
    guard let donePipe = Pipe() else { throw OpenFailure(path: "pipe", errno: errno) }
    self.wakePipe = wakePipe
    self.donePipe = donePipe
    let writer = LogWriter(self, descriptor: descriptor, wake: wakePipe, done: donePipe)
    guard SystemThread.start({ writer.run() }) else { throw OpenFailure(path: "thread", errno: EAGAIN) }
  }

  static func open(_ path: String) -> Int32 {
    Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600)
  }

  /// Hands over whole lines, to be written at once. Never waits.
  ///
  /// - Parameter lines: how many lines the block holds, for the count of what was dropped.
  /// - Returns: whether the block was taken; one that was not is counted as dropped.
  @discardableResult
  public func offer(_ block: [UInt8], lines: Int = 1) -> Bool {
    guard !block.isEmpty else { return true }
    let (isTaken, wakes) = state.withLock { state in take(block, lines: lines, isUrgent: true, &state) }
    if wakes { wakePipe.signal() }
    return isTaken
  }

  /// Hands over a block that lines are gathered in for an empty one, which has storage where one was written before.
  /// Never waits.
  ///
  /// - Parameters:
  ///   - lines: how many lines the block holds, for the count of what was dropped.
  ///   - isUrgent: written at once, and not when there are `batchBytes` or someone hurries.
  public func trade(_ block: [UInt8], lines: Int, isUrgent: Bool) -> [UInt8] {
    guard !block.isEmpty else { return block }
    let (empty, wakes) = state.withLock { state in
      let (_, wakes) = take(block, lines: lines, isUrgent: isUrgent, &state)
      return (state.spare.popLast() ?? [], wakes)
    }
    if wakes { wakePipe.signal() }
    return empty
  }

  /// Has what waits written at once. Never waits.
  public func hurry() {
    let wakes = state.withLock { state -> Bool in
      guard !state.blocks.isEmpty else { return false }
      state.isDue = true
      defer { state.isWriterAsleep = false }
      return state.isWriterAsleep
    }
    if wakes { wakePipe.signal() }
  }

  private func take(_ block: [UInt8], lines: Int, isUrgent: Bool, _ state: inout State) -> (isTaken: Bool, wakes: Bool)
  {
    let size = block.capacity + Self.blockOverhead
    let isTaken = state.stopsAt == nil && state.heldBytes + size <= queueBytesMax
    if isTaken {
      state.blocks.append(block)
      state.heldBytes += size
      state.counters.queuedBytes += block.count
    } else {
      state.counters.droppedLines += UInt64(lines)
      state.counters.droppedBytes += UInt64(block.count)
    }
    // What does not fit any more makes the rest urgent, whatever the sizes are.
    if !state.blocks.isEmpty, isUrgent || !isTaken { state.isDue = true }
    guard state.isWriterAsleep, hasWork(state) else { return (isTaken, false) }
    state.isWriterAsleep = false
    return (isTaken, true)
  }

  /// Whether the thread, which has nothing in its hands, may not sleep.
  func hasWork(_ state: State) -> Bool {
    state.isDue || state.reopens || state.stopsAt != nil || state.counters.queuedBytes >= Self.batchBytes
  }

  public var counters: Counters { state.withLock { $0.counters } }

  /// Opens the file anew under its name, for log rotation; nothing for a descriptor. Blocks that were taken before go
  /// to the old file as far as they were begun.
  public func reopen() {
    state.withLock { $0.reopens = true }
    wakePipe.signal()
  }

  /// Writes what waits and ends the thread. Waits for it, but never beyond the deadline: a pipe that nobody reads must
  /// not keep the process from ending. For the end of the process, not for a worker.
  ///
  /// - Returns: whether all was written.
  @discardableResult
  public func stop(within time: Duration) -> Bool {
    let (seconds, attoseconds) = time.components
    let deadline = Clock.now() + .milliseconds(min(seconds, 86_400) * 1000 + attoseconds / 1_000_000_000_000_000)
    state.withLock { $0.stopsAt = min($0.stopsAt ?? deadline, deadline) }
    wakePipe.signal()
    guard donePipe.wait(until: deadline + .milliseconds(100)) else { return false }
    return counters.queuedBytes == 0
  }
}
