internal import Glibc
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// A file, pipe or terminal that lines are written to by a thread of its own.
///
/// # Why this way
/// No worker may wait for a disk or for whoever reads our standard error (DECISIONS 15). `offer` takes a lock for as
/// long as an array is appended to, and never waits: beyond `queueBytesMax` it drops and counts. The thread holds one
/// block outside of the lock at a time. A descriptor that takes nothing (ENOSPC, an unread pipe) is tried again with
/// growing pauses; what was dropped meanwhile is told through `report` once a write succeeds.
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

  struct State {
    var blocks: [[UInt8]] = []
    /// Memory of `blocks` and of the block in the thread's hands.
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

  /// Hands over whole lines. Never waits.
  ///
  /// - Parameter lines: how many lines the block holds, for the count of what was dropped.
  /// - Returns: whether the block was taken; one that was not is counted as dropped.
  @discardableResult
  public func offer(_ block: [UInt8], lines: Int = 1) -> Bool {
    guard !block.isEmpty else { return true }
    let size = block.capacity + Self.blockOverhead
    let count = block.count
    let (isTaken, wakes) = state.withLock { state -> (Bool, Bool) in
      guard state.stopsAt == nil, state.heldBytes + size <= queueBytesMax else {
        state.counters.droppedLines += UInt64(lines)
        state.counters.droppedBytes += UInt64(count)
        return (false, false)
      }
      state.blocks.append(block)
      state.heldBytes += size
      state.counters.queuedBytes += count
      defer { state.isWriterAsleep = false }
      return (true, state.isWriterAsleep)
    }
    if wakes { wakePipe.signal() }
    return isTaken
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
