/// An entry with the time by which it is put among those of other logs: its own, or that of the line before it.
struct TimedEntry: Sendable {
  var time: Int64
  var entry: LogEntry

  /// - Parameter last: Unix time in milliseconds of the line before that told one.
  mutating func settle(_ last: Int64?) { time = entry.time ?? last ?? .min }
}
