internal import Glibc
internal import SluiceCore
internal import Synchronization

/// The thread's side of a `LogSink`: takes blocks in their order and writes each whole, to a file several at once.
struct LogWriter: Sendable {
  /// Bytes that a pipe or terminal is given at once: poll promises that PIPE_BUF do not block.
  static let pipeBytesMax = 4096
  /// Blocks that one call writes to a regular file.
  static let piecesMax = 16
  /// Silence of a descriptor after which it counts as failing.
  static let stall = TimeSpan.seconds(5)
  /// Pauses between tries of a failing descriptor.
  static let pauseMin = TimeSpan.milliseconds(50)
  static let pauseMax = TimeSpan.seconds(2)
  /// Between two reports of one kind: a descriptor that fails now and then must not fill another log.
  static let reportInterval = TimeSpan.seconds(1)

  private enum Step {
    case finished
    /// Begin the block again at an offset, on the descriptor that there is now.
    case again(from: Int)
    case gaveUp
  }

  private let sink: LogSink
  private let wake: Pipe
  private let done: Pipe
  private var descriptor: Int32
  private var isRegularFile: Bool
  private var isFailing = false
  private var failingToldAt: Instant?
  private var droppedToldAt: Instant?

  init(_ sink: LogSink, descriptor: Int32, wake: Pipe, done: Pipe) {
    self.sink = sink
    self.wake = wake
    self.done = done
    self.descriptor = descriptor
    isRegularFile = Self.isRegular(descriptor)
  }

  func run() {
    var writer = self
    writer.loop()
    writer.close()
    done.signal()
  }

  private mutating func loop() {
    while true {
      let work = sink.state.withLock { state -> (blocks: [[UInt8]], reopens: Bool, stops: Bool)? in
        state.isWriterAsleep = !sink.hasWork(state)
        guard !state.isWriterAsleep else { return nil }
        defer {
          state.blocks = []
          state.isDue = false
          state.reopens = false
        }
        return (state.blocks, state.reopens, state.stopsAt != nil)
      }
      guard var work else {
        waitForWake(nil)
        continue
      }
      if work.reopens { reopen() }
      if work.blocks.isEmpty, work.stops { return }
      guard write(&work.blocks) else { return giveUp(work.blocks) }
    }
  }

  /// Writes blocks and empties those that were written. Returns false where the deadline came before the end.
  private mutating func write(_ blocks: inout [[UInt8]]) -> Bool {
    var begun = 0
    for index in blocks.indices {
      if begun == 0, isRegularFile, index < blocks.endIndex - 1 { begun = writeTogether(blocks[index...]) }
      let count = blocks[index].count
      guard write(blocks[index], from: min(begun, count)) else {
        blocks.removeFirst(index)
        return false
      }
      begun = max(begun - count, 0)
      giveBack(&blocks[index])
      tellDropped(isLast: index == blocks.endIndex - 1)
    }
    return true
  }

  /// A block was written. One that a single line made larger than most is not kept.
  private func giveBack(_ block: inout [UInt8]) {
    let (count, capacity) = (block.count, block.capacity)
    block.removeAll(keepingCapacity: true)
    sink.state.withLock { state in
      state.heldBytes -= capacity + LogSink.blockOverhead
      state.counters.queuedBytes -= count
      state.counters.writtenBytes += UInt64(count)
      guard LogSink.spareBytes.contains(capacity), state.spare.count < LogSink.spareMax else { return }
      // Exchanged, since storage that two hold would be copied by the next line.
      state.spare.append([])
      swap(&state.spare[state.spare.count - 1], &block)
    }
    block = []
  }

  /// The deadline came: what is left is dropped and counted; it stays in `queuedBytes`, which `stop` looks at.
  private func giveUp(_ rest: [[UInt8]]) {
    sink.state.withLock { state in
      for block in rest + state.blocks {
        state.counters.droppedBytes += UInt64(block.count)
        state.counters.droppedLines += UInt64(block.count { $0 == 0x0A })
      }
      state.blocks = []
    }
  }

  /// Several blocks with one call, for a regular file: it costs half of what a call for each does.
  ///
  /// - Returns: bytes that were written; 0 where none were: the write of a single block will find out why.
  private func writeTogether(_ blocks: ArraySlice<[UInt8]>) -> Int {
    var pieces: [iovec] = []
    return max(write(blocks, behind: &pieces), 0)
  }

  private func write(_ blocks: ArraySlice<[UInt8]>, behind pieces: inout [iovec]) -> Int {
    guard let block = blocks.first, pieces.count < Self.piecesMax else {
      return writev(descriptor, pieces, Int32(pieces.count))
    }
    return block.withUnsafeBytes { bytes in
      pieces.append(iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count))
      return write(blocks.dropFirst(), behind: &pieces)
    }
  }

  // MARK: One block

  /// Returns false where the deadline came before the block was written.
  private mutating func write(_ block: [UInt8], from start: Int) -> Bool {
    var offset = start
    while true {
      switch tryToWrite(block, from: offset) {
      case .finished: return true
      case .again(let start): offset = start
      case .gaveUp: return false
      }
    }
  }

  private mutating func tryToWrite(_ block: [UInt8], from start: Int) -> Step {
    var offset = start
    var pause = Self.pauseMin
    var stalledSince: Instant?
    while offset < block.count {
      if isPastDeadline { return .gaveUp }
      if !isRegularFile, !takesBytes {
        let now = Clock.now()
        let since = stalledSince ?? now
        stalledSince = since
        if now - since > Self.stall { tellFailing(EAGAIN) }
        if reopensNow { return .again(from: lineStart(in: block, before: offset)) }
        continue
      }
      let upper = isRegularFile ? block.count : min(block.count, offset + Self.pipeBytesMax)
      let count = block[offset..<upper].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        offset += count
        pause = Self.pauseMin
        stalledSince = nil
        isFailing = false
        continue
      }
      let error = count == 0 ? ENOSPC : errno
      if error == EINTR { continue }
      if error != EAGAIN { tellFailing(error) }
      waitForWake(pause)
      pause = min(TimeSpan(nanoseconds: pause.nanoseconds * 2), Self.pauseMax)
      if reopensNow { return .again(from: lineStart(in: block, before: offset)) }
    }
    return .finished
  }

  /// A line that was cut by a failing file is written again, whole, into the next.
  private func lineStart(in block: [UInt8], before offset: Int) -> Int {
    (block[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
  }

  /// Whether the pipe, socket or terminal takes bytes; waits for it, at most a while, and for the sink's signals.
  private var takesBytes: Bool {
    let left = deadline.map { max($0 - Clock.now(), .zero) } ?? .seconds(1)
    var entries = [
      pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0),
    ]
    let result = poll(&entries, 2, milliseconds(min(left, .seconds(1))))
    guard result > 0 else { return false }
    if entries[1].revents != 0 { wake.drain() }
    // An error (POLLERR, POLLNVAL) counts as readiness: the write then says what it is.
    return entries[0].revents != 0
  }

  // MARK: Signals from the sink

  private var deadline: Instant? { sink.state.withLock { $0.stopsAt } }

  private var isPastDeadline: Bool { deadline.map { $0 <= Clock.now() } ?? false }

  /// Takes a wish to reopen in the middle of a block; true where there is a new descriptor.
  private var reopensNow: Bool {
    mutating get {
      let reopens = sink.state.withLock { state in
        defer { state.reopens = false }
        return state.reopens
      }
      return reopens && reopen()
    }
  }

  /// - Parameter limit: nil waits until there is a signal.
  private func waitForWake(_ limit: TimeSpan?) {
    var entry = pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0)
    var wait = limit
    if let limit, let deadline { wait = min(limit, max(deadline - Clock.now(), .zero)) }
    if poll(&entry, 1, wait.map(milliseconds) ?? -1) > 0 { wake.drain() }
  }

  @discardableResult
  private mutating func reopen() -> Bool {
    guard case .file(let path) = sink.target else { return false }
    let next = LogSink.open(path)
    guard next >= 0 else {
      sink.report(.reopenFailed(errno: errno))
      return false
    }
    Glibc.close(descriptor)
    descriptor = next
    isRegularFile = Self.isRegular(next)
    sink.report(.reopened)
    return true
  }

  private func close() {
    if case .file = sink.target { Glibc.close(descriptor) }
  }

  // MARK: Reports

  private mutating func tellFailing(_ error: Int32) {
    guard !isFailing else { return }
    isFailing = true
    let now = Clock.now()
    if let failingToldAt, now - failingToldAt < Self.reportInterval { return }
    failingToldAt = now
    sink.report(.failing(errno: error))
  }

  /// After a block was written. While blocks are dropped one by one the count is told once in an interval, and the rest
  /// of it when nothing waits any more.
  ///
  /// - Parameter isLast: No block is left in the writer's hands.
  private mutating func tellDropped(isLast: Bool) {
    let now = Clock.now()
    let isDue = droppedToldAt.map { now - $0 >= Self.reportInterval } ?? true
    let dropped = sink.state.withLock { state -> (UInt64, UInt64)? in
      let counters = state.counters
      guard counters.droppedBytes > state.reportedBytes, isDue || isLast && state.blocks.isEmpty else { return nil }
      defer {
        state.reportedBytes = counters.droppedBytes
        state.reportedLines = counters.droppedLines
      }
      return (counters.droppedLines - state.reportedLines, counters.droppedBytes - state.reportedBytes)
    }
    guard let dropped else { return }
    droppedToldAt = now
    sink.report(.dropped(lines: dropped.0, bytes: dropped.1))
  }

  private static func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
