/// One log while it is scanned: what was read ahead of what was delivered.
struct OpenLog {
  let reader: LogReader
  var totals: LogScanTotals
  /// Of its first lines, and kept: where two formats take the same line, the order in which blocks happen to end would
  /// else decide between them.
  var hint = FormatHint()
  var zone: LogZone
  var reference: Int64
  /// Blocks that were given to a lane.
  var given = 0
  /// Blocks whose entries are among `pending`, or were delivered.
  private(set) var taken = 0
  private var finished: [Int: BlockResult] = [:]
  /// Entries that wait for their turn among those of other logs.
  private var pending: [TimedEntry] = []
  private var pendingStart = 0
  /// The latest time of a line: what is still to come is later, more or less.
  private(set) var clock: Int64 = .min
  private var reading = 0
  private var linesOfFile = 0
  private var formats: [Int: Int] = [:]

  init(_ set: LogSet, follows: Bool, zone: LogZone, now: Int64) {
    reader = LogReader(set, follows: follows)
    totals = LogScanTotals(set)
    self.zone = zone
    reference = now
  }

  var inFlight: Int { given - taken }
  /// Whether everything that there is was read and scanned.
  var isDone: Bool { reader.isAtEnd && inFlight == 0 }
  var hasPending: Bool { pendingStart < pending.count }
  var nextTime: Int64? { hasPending ? pending[pendingStart].time : nil }

  /// Delivers what was written at `limit` or before.
  mutating func deliver(until limit: Int64, _ onEntry: (LogEntry) -> Void) {
    let start = pendingStart
    while pendingStart < pending.count, pending[pendingStart].time <= limit { pendingStart += 1 }
    lend(start..<pendingStart, onEntry)
    guard pendingStart == pending.count else { return }
    pending.removeAll(keepingCapacity: pendingStart < 4096)
    pendingStart = 0
  }

  private func lend(_ range: Range<Int>, _ onEntry: (LogEntry) -> Void) {
    // Not copied: an entry has many texts.
    let waiting = pending.span
    for index in range { onEntry(waiting[index].entry) }
  }

  /// Takes the results of blocks in their order, whatever order they came in.
  mutating func take(_ result: BlockResult, _ table: LogFormatTable) {
    finished[result.task.number] = result
    while let next = finished.removeValue(forKey: taken) {
      taken += 1
      add(next, table)
    }
  }

  private mutating func add(_ result: BlockResult, _ table: LogFormatTable) {
    if result.task.reading != reading {
      reading = result.task.reading
      linesOfFile = 0
    }
    for sample in result.unrecognised where totals.unrecognised.count < LogScanTotals.unrecognisedMax {
      totals.unrecognised.append(
        LogSample(
          file: reader.files[result.task.file], line: linesOfFile + sample.line + 1, text: sample.text))
    }
    let start = pending.count
    // What waits for nobody is taken over as it is: entries have many parts to copy.
    if pending.isEmpty { pending = result.entries } else { pending.append(contentsOf: result.entries) }
    for index in start..<pending.count {
      pending[index].entry.place.line += linesOfFile
      if pending[index].time == .min { pending[index].time = clock }
    }
    linesOfFile += result.lines
    totals.lines += result.lines
    totals.recognised += result.recognised
    totals.blank += result.blank
    totals.cut += result.cut
    totals.counted += result.counted
    if result.earliest <= result.latest {
      totals.earliest = min(totals.earliest ?? .max, result.earliest)
      totals.latest = max(totals.latest ?? .min, result.latest)
    }
    if totals.first == nil { totals.first = result.first }
    totals.last = result.last ?? totals.last
    clock = max(clock, result.clock)
    count(result.formats, table)
  }

  private mutating func count(_ found: [Int: Int], _ table: LogFormatTable) {
    for (format, lines) in found { formats[format, default: 0] += lines }
    let order = formats.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    totals.formats = order.map { FormatCount(format: table.formats[$0.key].format.id, lines: $0.value) }
    totals.products = order.reduce(into: []) { products, next in
      let product = table.formats[next.key].format.product
      if !products.contains(product) { products.append(product) }
    }
  }
}
