internal import SluiceDiagnosis

/// Finds a time in a file by halving it, so that a large one costs a few blocks.
///
/// It takes times to rise from line to line. Where they do not (clocks that were set, several writers) it finds a place
/// near the time, which is enough for the lines around it.
enum LogFileSearch {
  /// Bytes that one step reads at a time.
  static let blockBytes = 8192
  /// Bytes that one step reads until it meets a line with a time.
  static let stepBytesMax = 32_768
  static let stepsMax = 64
  /// Places further on that one step tries where its own has no time.
  static let detoursMax = 4

  enum Place: Equatable {
    case line(offset: UInt64, time: Int64)
    /// No line up to the end has a time.
    case none
    /// It is not known, since there was too much to read: a line of megabytes, or lines without times.
    case unknown
    /// Nothing but zeros: what the truncation of a file leaves whose writer goes on where it was.
    case hole
  }

  /// An offset before which all lines are older than `time`, less than a block before the first that is not.
  static func offset(of time: Int64, in file: inout LogFile, clock: LogClock) -> UInt64 {
    var lower: UInt64 = 0
    var upper = file.bytes
    for _ in 0..<stepsMax where upper - lower > UInt64(blockBytes) {
      let middle = lower + (upper - lower) / 2
      var probe = middle
      var place = place(in: &file, from: probe, to: upper, clock: clock)
      for _ in 0..<detoursMax where place == .unknown {
        probe += (upper - probe) / 2
        place = Self.place(in: &file, from: probe, to: upper, clock: clock)
      }
      switch place {
      case .line(let offset, let found) where found < time: lower = offset
      case .line: upper = probe
      case .none: upper = probe
      case .unknown: upper = middle
      case .hole: lower = middle
      }
    }
    return lower
  }

  /// The time of the last line that has one, among the last of the file.
  static func lastTime(in file: inout LogFile, clock: LogClock) -> Int64? {
    let start = file.bytes > UInt64(stepBytesMax) ? file.bytes - UInt64(stepBytesMax) : 0
    let times = LogLineReader.times(of: file.read(from: start, count: stepBytesMax))
    return times.last.map(clock.unixMilliseconds)
  }

  /// The first line with a time that begins behind `offset`.
  static func place(in file: inout LogFile, from offset: UInt64, to end: UInt64, clock: LogClock) -> Place {
    var block: [UInt8] = []
    // What stands before the first line feed belongs to a line that began before.
    var start: Int? = offset == 0 ? 0 : nil
    var scanned = 0
    while block.count < stepBytesMax {
      let more = file.read(from: offset + UInt64(block.count), count: blockBytes)
      if more.isEmpty { return offset + UInt64(block.count) >= file.bytes ? .none : .unknown }
      if block.isEmpty, more.allSatisfy({ $0 == 0 }) { return .hole }
      block += more
      while let feed = block[scanned...].firstIndex(of: 0x0A) {
        if let begin = start, let time = LogLineReader.time(of: block[begin..<feed], clock: clock) {
          return .line(offset: offset + UInt64(begin), time: time)
        }
        start = feed + 1
        scanned = feed + 1
        if offset + UInt64(scanned) >= end { return .none }
      }
      scanned = block.count
    }
    return .unknown
  }
}
