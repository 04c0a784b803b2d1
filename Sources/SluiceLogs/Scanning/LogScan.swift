/// Scans logs on all cores, and gives their entries in the order of time.
///
/// Blocks of a log are read one after the other and scanned side by side. Of several logs the one whose clock is
/// furthest behind is read next, so that what waits for its turn is never more than some blocks of each log hold. An
/// entry whose log is out of order comes when its block does.
public struct LogScan: Sendable {
  public let sets: [LogSet]
  public let options: LogScanOptions
  private let table: LogFormatTable

  public init(_ sets: [LogSet], _ options: LogScanOptions, table: LogFormatTable = .standard) {
    self.sets = sets
    self.options = options
    self.table = table
  }

  /// - Parameters:
  ///   - onProgress: Is called after each block with the bytes that were read, packed as they are.
  ///   - mayGoOn: Is asked after each block; false ends the scan, and what was read is delivered.
  ///   - now: Where files are followed: Unix time in milliseconds, for lines of standard input that tell no year.
  ///   - onPause: Where files are followed: everything that was written was delivered; false ends the scan. The caller
  ///     waits, and decides how long.
  ///   - onEntry: Is called for each entry, in the order of time.
  nonisolated(nonsending)
    public func run(
      onProgress: (Int) -> Void = { _ in }, mayGoOn: () -> Bool = { true }, now: () -> Int64? = { nil },
      onPause: nonisolated(nonsending) (LogScanResult) async -> Bool = { _ in false },
      onEntry: (LogEntry) -> Void
    ) async -> LogScanResult
  {
    let range = ScanRange(since: options.since, until: options.until, everyLine: options.everyLine)
    let bytes = max(options.blockBytes, BlockScanner.lineMax + 1)
    let lanes = (0..<options.lanes + 1).map { _ in ScanLane(table, range, blockBytes: bytes) }
    var merge = LogMerge(sets, options, table)
    merge.look()
    while true {
      await scan(&merge, lanes, onProgress, mayGoOn, onEntry)
      guard options.follows, mayGoOn(), await onPause(merge.result(lanes)), !merge.isDone else { break }
      merge.poll(now: now())
    }
    return merge.result(lanes)
  }

  /// Until there is nothing to read, for now or for good.
  nonisolated(nonsending)
    private func scan(
      _ merge: inout LogMerge, _ lanes: [ScanLane], _ onProgress: (Int) -> Void, _ mayGoOn: () -> Bool,
      _ onEntry: (LogEntry) -> Void
    ) async
  {
    await withTaskGroup(of: (Int, BlockResult).self) { group in
      var free = Array(lanes.indices)
      while true {
        while let lane = free.last, let task = merge.nextTask(lanes[lane], isIdle: free.count == lanes.count) {
          free.removeLast()
          let scanned = lanes[lane]
          group.addTask { (lane, scanned.scan(task)) }
        }
        merge.deliver(onEntry)
        guard let (lane, result) = await group.next() else {
          // What was delivered may have made room for another log.
          if merge.mayHaveMore { continue }
          break
        }
        free.append(lane)
        merge.take(result)
        merge.deliver(onEntry)
        onProgress(merge.bytes)
        guard mayGoOn() else { break }
      }
    }
    merge.deliver(all: true, onEntry)
  }
}
