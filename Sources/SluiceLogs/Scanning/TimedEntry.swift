/// An entry with the time by which it is put among those of other logs: its own, or that of the line before it.
struct TimedEntry: Sendable {
  var time: Int64
  var entry: LogEntry
}
