/// What sinks lost that are no longer written to, so that a reload makes no count fall. The last few are still asked,
/// as their queues may yet be given up; of those before them the sum is kept.
struct RetiredSinks {
  static let countMax = 4

  private var sinks: [LogSink] = []
  private var sum: UInt64 = 0

  mutating func add(_ sink: LogSink) {
    sinks.append(sink)
    if sinks.count > Self.countMax { sum += sinks.removeFirst().counters.droppedLines }
  }

  var droppedLines: UInt64 { sinks.reduce(sum) { $0 + $1.counters.droppedLines } }
}
