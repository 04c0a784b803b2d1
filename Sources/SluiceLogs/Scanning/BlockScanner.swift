/// Scans blocks of whole lines: what one core has for itself.
struct BlockScanner: ~Copyable {
  /// Bytes of a line that are looked at; what is behind them is left out.
  static let lineMax = 65_536

  private var recogniser: LineRecogniser
  private var times = TimeCache()
  private(set) var tally = TallyScratch()
  private let range: ScanRange
  /// Entries that the last block had: room for as many is made at once.
  private var entriesOfBlock = 0

  init(_ table: LogFormatTable, _ range: ScanRange) {
    recogniser = LineRecogniser(table)
    self.range = range
  }

  mutating func addTally(to whole: inout TrafficTally) { tally.add(to: &whole) }

  /// - Parameter block: Ends with a line feed, or with the last line of a file that has none.
  mutating func scan(_ block: RawSpan, _ task: BlockTask) -> BlockResult {
    var result = BlockResult(task: task)
    var counts = [Int](repeating: 0, count: recogniser.table.formats.count)
    result.entries.reserveCapacity(entriesOfBlock)
    var start = 0
    var usualLines = 0
    // Without a hint the first format is asked first, too.
    let usual = recogniser.table.formats[task.hint.isEmpty ? 0 : task.hint[0]]
    LineEnds.each(in: block) { end in
      line(block.extracting(start..<end), usual, task, &result, &counts, &usualLines)
      start = end &+ 1
    }
    if start < block.byteCount {
      line(block.extracting(start..<block.byteCount), usual, task, &result, &counts, &usualLines)
    }
    entriesOfBlock = result.entries.count
    counts[usual.index] += usualLines
    for (format, count) in counts.enumerated() where count > 0 { result.formats[format] = count }
    Self.sort(&result.entries)
    return result
  }

  @inline(__always)
  private mutating func line(
    _ whole: RawSpan, _ usual: CompiledFormat, _ task: borrowing BlockTask, _ result: inout BlockResult,
    _ counts: inout [Int], _ usualLines: inout Int
  ) {
    result.lines &+= 1
    var line = whole
    if line.byteCount > Self.lineMax {
      result.cut += 1
      line = line.extracting(0..<Self.lineMax)
    }
    if line.byteCount > 0, line.byte(at: line.byteCount - 1) == 0x0D {
      line = line.extracting(0..<line.byteCount - 1)
    }
    if recogniser.isUsual(line, usual) {
      usualLines &+= 1
      return take(line, line.extracting(recogniser.bodyStart..<line.byteCount), usual, task, &result)
    }
    guard let format = recogniser.recognise(line, task.hint) else {
      return unknown(line, &result)
    }
    counts[format.index] += 1
    takeOther(line, format, task, &result)
  }

  @inline(never)
  private mutating func takeOther(
    _ line: RawSpan, _ format: CompiledFormat, _ task: borrowing BlockTask, _ result: inout BlockResult
  ) {
    guard recogniser.isUnwrapped else {
      return take(line, line.extracting(recogniser.bodyStart..<line.byteCount), format, task, &result)
    }
    let unwrapped = recogniser.unwrapped
    let body = unwrapped.span.bytes.extracting(recogniser.bodyStart..<unwrapped.count)
    take(line, body, format, task, &result)
  }

  /// - Parameter body: the proxy's own line, whose fields are known.
  @inline(__always)
  private mutating func take(
    _ line: RawSpan, _ body: RawSpan, _ format: CompiledFormat, _ task: borrowing BlockTask,
    _ result: inout BlockResult
  ) {
    result.recognised &+= 1
    let time = recogniser.time(of: line, body: body, format, task.zone, reference: task.reference, &times)
    if let time {
      if result.first == nil { result.first = time }
      result.last = time
      if time > result.clock { result.clock = time }
    }
    if range.leavesOut(time) { return }
    result.counted &+= 1
    if let time {
      if time < result.earliest { result.earliest = time }
      if time > result.latest { result.latest = time }
    }
    if format.isOrdinary(body, recogniser.fields) {
      tally.count(body, recogniser.fields, format.productIndex, time: time)
      guard range.everyLine else { return }
      return entry(line, format, time, &result, isCounted: true)
    }
    entry(line, format, time, &result, isCounted: false)
  }

  @inline(never)
  private mutating func entry(
    _ line: RawSpan, _ format: CompiledFormat, _ time: Int64?, _ result: inout BlockResult, isCounted: Bool
  ) {
    // Made where it will lie.
    let place = result.entries.count
    result.entries.append(TimedEntry(time: .min, entry: LogEntry(format.format.product, .request)))
    guard recogniser.fill(&result.entries[place].entry, of: line, format, time: time) else {
      result.entries.removeLast()
      return
    }
    let last = result.last
    result.entries[place].entry.place = LinePlace(
      source: result.task.log, file: result.task.file, line: result.lines)
    result.entries[place].settle(last)
    if !isCounted { tally.count(result.entries.span[place].entry, format.productIndex) }
  }

  @inline(never)
  private func unknown(_ line: RawSpan, _ result: inout BlockResult) {
    if line.byteCount == 0 {
      result.blank += 1
    } else if result.unrecognised.count < BlockResult.unrecognisedMax {
      result.unrecognised.append((result.lines - 1, LineRecogniser.text(of: line)))
    }
  }

  /// Stable, and quick where the entries are in order, as they nearly always are.
  static func sort(_ entries: inout [TimedEntry]) {
    var isSorted = true
    for index in entries.indices.dropFirst() where entries[index].time < entries[index - 1].time {
      isSorted = false
      break
    }
    if isSorted { return }
    // Their places are sorted: an entry is half a kilobyte to move.
    var order: [(time: Int64, place: Int)] = []
    order.reserveCapacity(entries.count)
    for place in entries.indices { order.append((entries[place].time, place)) }
    order.sort { $0.time == $1.time ? $0.place < $1.place : $0.time < $1.time }
    // An array's own `swapAt` copies both.
    entries.withUnsafeMutableBufferPointer { entries in
      for start in order.indices {
        var place = start
        while order[place].place != start {
          let next = order[place].place
          entries.swapAt(place, next)
          order[place].place = place
          place = next
        }
        order[place].place = place
      }
    }
  }
}
