/// Decides which log is read next, and in what order entries are delivered.
struct LogMerge {
  private var logs: [OpenLog]
  private let options: LogScanOptions
  private let table: LogFormatTable
  /// By log.
  private var looks: [LogLook] = []

  init(_ sets: [LogSet], _ options: LogScanOptions, _ table: LogFormatTable) {
    self.options = options
    self.table = table
    logs = sets.map { OpenLog($0, follows: options.follows, zone: options.zone, now: options.now) }
  }

  /// Bytes that were read, packed as they are.
  var bytes: Int { logs.reduce(0) { $0 + $1.reader.taken } }

  /// Looks at the first lines of each log: its formats, and the offset from UTC that they tell.
  mutating func look() {
    looks = logs.map { LogLook($0.reader.peek(LogLook.bytesMax), table) }
    for index in logs.indices { logs[index].reference = logs[index].reader.written ?? options.now }
    learn(Array(logs.indices))
  }

  /// Looks at the first lines of logs that had none so far: followed ones may be empty at the start.
  private mutating func lookAgain() {
    var seen: [Int] = []
    for index in logs.indices where logs[index].hint.isEmpty {
      let head = logs[index].reader.peek(LogLook.bytesMax)
      guard let end = head.lastIndex(of: 0x0A) else { continue }
      let look = LogLook(Array(head[...end]), table)
      guard !look.hint.isEmpty else { continue }
      looks[index] = look
      seen.append(index)
    }
    learn(seen)
  }

  private mutating func learn(_ indices: [Int]) {
    guard !indices.isEmpty else { return }
    let owned = LogLook.owned(looks, table)
    for index in indices {
      logs[index].zone = LogLook.zone(of: index, owned, options.zone)
      logs[index].hint = owned[index].hint
    }
  }

  /// Reads a block into the lane, of the log that is furthest behind.
  ///
  /// - Parameter isIdle: Whether no block is being scanned: only then may reading wait for somebody to write.
  mutating func nextTask(_ lane: ScanLane, isIdle: Bool) -> BlockTask? {
    var isFirst = true
    for index in order() where mayHaveMore(logs[index]) {
      // The first may have every lane; others only get what the first leaves, and only while nothing of theirs waits.
      let mayRead =
        isFirst ? logs[index].inFlight <= options.lanes : !logs[index].hasPending && logs[index].inFlight == 0
      isFirst = false
      guard mayRead, isIdle || !logs[index].reader.wouldWait else { continue }
      guard let block = lane.fill(from: logs[index].reader) else { continue }
      logs[index].given += 1
      return BlockTask(
        log: index, number: logs[index].given - 1, file: block.file, reading: block.reading, hint: logs[index].hint,
        zone: logs[index].zone, reference: logs[index].reader.written ?? logs[index].reference)
    }
    return nil
  }

  /// Whether a log may have something to read now. Where no block is being scanned, the first of them is read: so the
  /// scan goes on as long as there is one.
  var mayHaveMore: Bool { logs.contains(where: mayHaveMore) }

  /// Whether every log was read to its end: files that are followed have none.
  var isDone: Bool { logs.allSatisfy(\.isDone) }

  private func mayHaveMore(_ log: OpenLog) -> Bool {
    !log.reader.isAtEnd && !log.reader.isDry && !(options.follows && log.reader.wouldWait)
  }

  /// The furthest behind first.
  private func order() -> [Int] {
    logs.indices.sorted { one, other in
      let times = (logs[one].nextTime ?? logs[one].clock, logs[other].nextTime ?? logs[other].clock)
      return (times.0, one) < (times.1, other)
    }
  }

  mutating func take(_ result: BlockResult) { logs[result.task.log].take(result, table) }

  /// Delivers what no log can have anything before.
  ///
  /// - Parameter all: Nothing more comes for now: everything is delivered.
  mutating func deliver(all: Bool = false, _ onEntry: (LogEntry) -> Void) {
    while true {
      var first: Int?
      var limit = Int64.max
      for index in logs.indices {
        guard let time = logs[index].nextTime else {
          // A followed log that is quiet would keep all others waiting for as long as it says nothing.
          let isAwaited = logs[index].inFlight > 0 || mayHaveMore(logs[index])
          if !all, isAwaited { limit = min(limit, logs[index].clock) }
          continue
        }
        if let known = first, let earliest = logs[known].nextTime {
          if time < earliest {
            limit = min(limit, earliest)
            first = index
          } else {
            limit = min(limit, time)
          }
        } else {
          first = index
        }
      }
      guard let first, let time = logs[first].nextTime, time <= limit else { return }
      logs[first].deliver(until: limit, onEntry)
    }
  }

  /// Looks whether followed files grew, became shorter or were replaced.
  ///
  /// - Parameter now: Unix time in milliseconds; nil: not known.
  mutating func poll(now: Int64?) {
    for index in logs.indices {
      logs[index].reader.poll()
      if let now { logs[index].reference = max(logs[index].reference, now) }
    }
    lookAgain()
  }

  func result(_ lanes: [ScanLane]) -> LogScanResult {
    var result = LogScanResult()
    result.logs = logs.map { log in
      var totals = log.totals
      totals.problems = log.reader.remarks
      totals.set.files = log.reader.files
      return totals
    }
    result.remarks = result.logs.flatMap(\.problems).map { "\($0.path): \($0.sentence)." }
    for lane in lanes { lane.addTally(to: &result.tally) }
    result.bytes = bytes
    return result
  }
}
