public import SluiceIncidents

/// Lines of a log put together: those around the moment, and what stands out in all of them.
public enum ApplicationLogReading {
  /// Notes that are kept, and of these the ones that are mere errors.
  static let notesMax = 32
  static let errorNotesMax = 8
  /// Characters of a line or note that are kept.
  static let textMax = 400
  /// Starts and crashes that are kept, the latest.
  static let startsMax = 32
  /// Lines at the end of a log without times that are as old as its last write.
  static let untimedLinesMax = 40
  /// Between two lines of one start.
  static let startSpanMs: Int64 = 2000
  /// A line without a time that follows after more than this is no part of what the line before told.
  static let silenceMs: Int64 = 2000

  /// - Parameters:
  ///   - lines: In their order, from the time before the moment on.
  ///   - isToEnd: Whether the last of them is the last of the log.
  ///   - writtenAt: When the log was last written to, as Unix time in milliseconds.
  public static func seen(
    source: String, moment: Int64, lines: [LogLine], isToEnd: Bool, writtenAt: Int64?
  ) -> ApplicationLogSeen {
    var seen = ApplicationLogSeen(source: source, moment: moment)
    let times = times(lines, isToEnd: isToEnd, writtenAt: writtenAt)
    let found = dated(LogRecognition(lines).found, lines, times, isToEnd: isToEnd)
    seen.lastLineAt = lines.last { $0.time != nil }?.time
    seen.writtenAt = writtenAt
    seen.notes = notes(found, near: moment)
    seen.lines = LogWindow.lines(lines, times, around: moment)
    seen.starts = Array(starts(found).suffix(startsMax))
    seen.crashes = Array(crashes(found, lines).suffix(startsMax))
    return seen
  }

  /// The time of each line: its own, or that of the line before. What ends the log in silence is as old as the last
  /// write.
  private static func times(_ lines: [LogLine], isToEnd: Bool, writtenAt: Int64?) -> [Int64?] {
    var times: [Int64?] = []
    var last: Int64?
    for line in lines {
      last = line.time ?? last
      times.append(last)
    }
    guard isToEnd, let writtenAt else { return times }
    let rest: Range<Int>
    if let timed = lines.lastIndex(where: { $0.time != nil }), let time = lines[timed].time {
      guard writtenAt - time > silenceMs else { return times }
      let next = lines[(timed + 1)...].firstIndex { !$0.isIndented && !$0.isInner && !$0.body.isEmpty }
      rest = (next ?? lines.count)..<lines.count
    } else {
      rest = max(0, lines.count - untimedLinesMax)..<lines.count
    }
    for index in rest { times[index] = writtenAt }
    return times
  }

  private static func dated(
    _ found: [LogRecognition.Found], _ lines: [LogLine], _ times: [Int64?], isToEnd: Bool
  ) -> [LogRecognition.Found] {
    var nextTimed: [Int?] = Array(repeating: nil, count: lines.count + 1)
    for index in lines.indices.reversed() { nextTimed[index] = lines[index].time != nil ? index : nextTimed[index + 1] }
    let starts = Set(found.filter { $0.note.isStart }.map(\.lines.lowerBound))
    return found.map { item in
      var item = item
      item.note.time = times[item.lines.lowerBound]
      if isToEnd { item.note.linesAfter = lines.count - 1 - item.lines.upperBound }
      // What ends a program rarely tells its time; a start right behind it does, and is nearer than the line before.
      if item.note.isEnd, lines[item.lines.lowerBound].time == nil, let next = nextTimed[item.lines.upperBound + 1],
        starts.contains(next), let time = lines[next].time, item.note.time.map({ time - $0 > silenceMs }) ?? true
      {
        item.note.time = time
      }
      return item
    }
  }

  /// Those of the same kind and words once, the one that is nearest to the moment.
  private static func notes(_ found: [LogRecognition.Found], near moment: Int64) -> [ApplicationLogNote] {
    var order: [String] = []
    var merged: [String: ApplicationLogNote] = [:]
    for item in found {
      let key = "\(item.note.kind.rawValue) \(item.note.port ?? 0) \(pattern(item.note.text))"
      guard var known = merged[key] else {
        order.append(key)
        merged[key] = item.note
        continue
      }
      let count = known.count + 1
      if distance(item.note, moment) <= distance(known, moment) { known = item.note }
      known.count = count
      merged[key] = known
    }
    // The later one stands first where two are equally near.
    let sorted = order.reversed().compactMap { merged[$0] }.sorted { distance($0, moment) < distance($1, moment) }
    let errors = sorted.filter { $0.kind == .error }.prefix(errorNotesMax)
    let others = sorted.filter { $0.kind != .error }.prefix(notesMax - errors.count)
    return (others + errors).sorted { distance($0, moment) < distance($1, moment) }.map { note in
      var note = note
      note.text = shown(note.text)
      return note
    }
  }

  private static func distance(_ note: ApplicationLogNote, _ moment: Int64) -> UInt64 {
    note.time.map { $0.distance(to: moment).magnitude }.map(UInt64.init) ?? .max
  }

  /// Digits are left out, so that numbers of processes and times do not tell lines apart.
  private static func pattern(_ text: String) -> String {
    String(decoding: text.utf8.prefix(textMax).filter { !$0.isDigit }, as: UTF8.self)
  }

  /// Without secrets, and safe to show.
  static func shown(_ text: String) -> String {
    let spaced = String(decoding: text.utf8.map { $0 == 0x09 ? 0x20 : $0 }, as: UTF8.self)
    return Shown.text(blankSecrets(inText: spaced), limit: textMax)
  }
}

extension ApplicationLogReading {
  /// Several lines tell of one start; a further one begins after an end or a while.
  private static func starts(_ found: [LogRecognition.Found]) -> [Int64] {
    var starts: [Int64] = []
    var last: Int64?
    for item in found {
      if item.note.isEnd || item.note.kind == .stopping || item.note.kind == .cannotListen { last = nil }
      guard item.note.isStart, let time = item.note.time else { continue }
      if last.map({ time - $0 > startSpanMs }) ?? true { starts.append(time) }
      last = time
    }
    return starts
  }

  /// Several lines tell of one end. The next one needs a start or a while between, or is told in the same words after
  /// something else was logged: what crashes at once on each start begins in words of its own.
  private static func crashes(_ found: [LogRecognition.Found], _ lines: [LogLine]) -> [Int64] {
    var crashes: [Int64] = []
    var told: Set<String> = []
    var end = 0
    for item in found {
      if item.note.isStart { told = [] }
      guard item.note.isEnd || item.note.kind == .cannotListen, let time = item.note.time else { continue }
      let words = pattern(item.note.text)
      let isApart = lines[min(end, item.lines.lowerBound)..<item.lines.lowerBound].contains { !$0.body.isEmpty }
      let isNext = told.isEmpty || told.contains(words) && isApart
      if isNext || crashes.last.map({ time - $0 > startSpanMs }) ?? true {
        crashes.append(time)
        told = []
      }
      told.insert(words)
      end = item.lines.upperBound + 1
    }
    return crashes
  }
}

extension ApplicationLogNote {
  var isStart: Bool { kind == .started || kind == .listening }
}
