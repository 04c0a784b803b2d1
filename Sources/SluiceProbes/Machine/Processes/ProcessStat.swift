/// What `/proc/PID/stat` says (proc(5)).
struct ProcessStat: Equatable, Sendable {
  var process: Int32
  /// At most 15 bytes.
  var name: String
  /// As in `S`.
  var state: Character
  var parent: Int32
  /// In user and kernel, in clock ticks.
  var cpuTicks: UInt64
  var threads: Int
  /// Clock ticks after the machine's start.
  var startTicks: UInt64
  /// As wait(2) gives it; of a zombie, and 0 where it may not be read.
  var exitCode: Int32?

  init?(_ text: String) {
    // The name stands in parentheses and may hold any character, others included.
    guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close,
      let process = Int32(text[..<open].filter { $0 != " " })
    else { return nil }
    let fields = text[text.index(after: close)...].split { $0 == " " || $0 == "\n" }
    guard fields.count > 19, let state = fields[0].first, let parent = Int32(fields[1]),
      let user = UInt64(fields[11]), let kernel = UInt64(fields[12]), let threads = Int(fields[17]),
      let start = UInt64(fields[19])
    else { return nil }
    self.process = process
    name = String(text[text.index(after: open)..<close])
    self.state = state
    self.parent = parent
    cpuTicks = user &+ kernel
    self.threads = threads
    startTicks = start
    exitCode = fields.count > 49 ? Int32(fields[49]) : nil
  }
}
