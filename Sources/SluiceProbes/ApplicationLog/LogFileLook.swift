internal import SluiceDiagnosis
internal import SluiceIncidents

/// The lines of a file around a moment.
enum LogFileLook {
  /// Bytes that one look reads in all, of all files.
  static let bytesMax: UInt64 = 2 << 20
  /// Bytes before and after the moment that are read for the lines of it: the rest is for finding the place.
  static let bytesBefore: UInt64 = 768 << 10
  static let bytesAfter: UInt64 = 384 << 10
  /// Bytes before the moment that are read however old their lines are.
  static let bytesContext: UInt64 = 64 << 10
  /// How long before and after the moment lines tell something about it.
  static let beforeMs: Int64 = 600_000
  static let afterMs: Int64 = 60_000
  /// Bytes at the end of a file in which its last time is looked for.
  static let tailBytes = 65_536
  /// Of a block's bytes, at most, that no text has; more is no log.
  static let binaryPercentMax = 10

  /// - Parameter machineOffset: Milliseconds east of Greenwich of the machine's own zone.
  static func look(path: String, moment: Int64, machineOffset: Int64) -> Seen<ApplicationLogSeen> {
    do throws(LogFile.Refusal) {
      var current = try LogFile(path: path, bytesMax: bytesMax)
      let tail = current.read(
        from: current.bytes > UInt64(tailBytes) ? current.bytes - UInt64(tailBytes) : 0, count: tailBytes)
      if let refusal = refusal(of: tail, in: current) { return .notRun(refusal) }
      let (clock, times) = clock(of: tail, writtenAt: current.writtenAt, machineOffset: machineOffset)
      guard times > 0 else { return .value(untimed(tail, of: current, moment: moment)) }
      if clock.takesTimeOfDay { return .value(ofLastDay(&current, moment: moment, clock: clock)) }
      let start = LogFileSearch.place(in: &current, from: 0, to: current.bytes, clock: clock)
      if case .line(_, let first) = start, first > moment {
        return try rotated(&current, first: first, moment: moment, clock: clock)
      }
      return .value(seen(&current, moment: moment, clock: clock, source: path))
    } catch {
      return .notRun(error.sentence)
    }
  }

  private static func refusal(of tail: [UInt8], in file: borrowing LogFile) -> String? {
    if file.bytes == 0 { return "The log \(file.path) is empty." }
    guard !tail.isEmpty else { return "The log \(file.path) was emptied while it was read." }
    // Zeros alone are what truncation leaves, and are no sign of another kind of file.
    let strange = tail.count { $0 < 0x20 && $0 != 0 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 && $0 != 0x1B }
    let zeros = tail.count { $0 == 0 }
    let isText = (strange * 100 <= tail.count * binaryPercentMax) && (zeros * 4 <= tail.count || tail.last != 0)
    return isText ? nil : "\(file.path) holds no text: it is not read as a log."
  }

  /// What the last line's time and the last write tell of the offset, and how many lines have a time.
  private static func clock(
    of tail: [UInt8], writtenAt: Int64, machineOffset: Int64
  ) -> (clock: LogClock, times: Int) {
    let times = LogLineReader.times(of: tail)
    let dated = times.last { $0.hasDate }
    guard let last = dated ?? times.last else { return (LogClock(offset: machineOffset, reference: writtenAt), 0) }
    let offset = LogClock.offset(lastLine: last, written: writtenAt, machine: machineOffset)
    var clock = LogClock(offset: offset, reference: writtenAt)
    clock.takesTimeOfDay = dated == nil
    return (clock, times.count)
  }

  /// No line has a time: the last ones are all that can be said.
  private static func untimed(_ tail: [UInt8], of file: borrowing LogFile, moment: Int64) -> ApplicationLogSeen {
    let isCut = UInt64(tail.count) < file.bytes
    let clock = LogClock(offset: 0, reference: file.writtenAt)
    let lines = LogLineReader.lines(of: tail, isCutAtStart: isCut, clock: clock)
    var seen = ApplicationLogReading.seen(
      source: file.path, moment: moment, lines: lines, isToEnd: true, writtenAt: file.writtenAt)
    seen.missing.append("No line of \(file.path) tells a time: these are its last lines.")
    seen.fileBytes = file.bytes
    seen.readBytes = file.bytesRead
    return seen
  }

  /// Lines that tell the time of day alone cannot be searched: those of the last day are taken, as far as they are
  /// read.
  private static func ofLastDay(_ file: inout LogFile, moment: Int64, clock: LogClock) -> ApplicationLogSeen {
    let start = file.bytes > bytesBefore ? file.bytes - bytesBefore : 0
    let bytes = file.read(from: start, count: Int(bytesBefore))
    let all = LogLineReader.lines(of: bytes, isCutAtStart: start > 0, clock: clock)
    let midnight = LogLineReader.lastFall(all)
    let late = all.firstIndex { line in line.time.map { $0 > moment + afterMs } ?? false } ?? all.count
    var seen = ApplicationLogReading.seen(
      source: file.path, moment: moment, lines: Array(all[min(midnight, late)..<late]), isToEnd: late == all.count,
      writtenAt: late == all.count ? file.writtenAt : nil)
    seen.lastLineAt = all.last { $0.time != nil }?.time
    seen.writtenAt = file.writtenAt
    seen.missing.append("The lines of \(file.path) tell no date: only those of its last day were looked at.")
    seen.fileBytes = file.bytes
    seen.readBytes = file.bytesRead
    return seen
  }

  /// The lines around the moment in a file that has it, or that ends before it.
  static func seen(
    _ file: inout LogFile, moment: Int64, clock: LogClock, source: String
  ) -> ApplicationLogSeen {
    let from = LogFileSearch.offset(of: moment - beforeMs, in: &file, clock: clock)
    let at = LogFileSearch.offset(of: moment, in: &file, clock: clock)
    // Where a log ended long before the moment, its end is what there is to see.
    let wantedStart = min(from, at > bytesContext ? at - bytesContext : 0)
    let start = max(wantedStart, at > bytesBefore ? at - bytesBefore : 0)
    let end = min(file.bytes, at + bytesAfter)
    let wanted = Int(min(end - min(start, end), bytesBefore + bytesAfter))
    let bytes = file.read(from: start, count: wanted)
    let all = LogLineReader.lines(of: bytes, isCutAtStart: start > 0, clock: clock)
    // What lies long after the moment tells nothing about it, and is not the end of the log.
    let late = all.firstIndex { line in line.time.map { $0 > moment + afterMs } ?? false } ?? all.count
    let isToEnd = late == all.count && start + UInt64(bytes.count) >= file.bytes
    var seen = ApplicationLogReading.seen(
      source: source, moment: moment, lines: Array(all[..<late]), isToEnd: isToEnd,
      writtenAt: isToEnd ? file.writtenAt : nil)
    if !isToEnd { seen.lastLineAt = LogFileSearch.lastTime(in: &file, clock: clock) ?? seen.lastLineAt }
    seen.writtenAt = file.writtenAt
    if bytes.count < wanted { seen.missing.append("The log \(file.path) was shortened while it was read.") }
    if start > from {
      seen.missing.append("The log is so dense that less than ten minutes before the moment were read.")
    }
    seen.fileBytes = file.bytes
    seen.readBytes = file.bytesRead
    return seen
  }
}
