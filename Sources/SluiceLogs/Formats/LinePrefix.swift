/// What stands before a proxy's own line: the prefixes of syslog (RFC 3164 and RFC 5424), of `journalctl`, and of the
/// runtimes of containers.
///
/// A prefix is believed only where it is whole: time, machine, program and the colon behind it.
enum LinePrefix {
  /// Bytes of a machine's or program's name that are looked at.
  static let nameMax = 255

  /// Where the proxy's own line begins; 0: there is no prefix. Sets `time`, `machine`, `program` and `process`, ranges
  /// of the line.
  @inline(__always)
  static func end(_ line: RawSpan, _ prefix: inout FieldSet, _ form: inout TimeForm) -> Int {
    prefix.clear()
    prefix.writer = nil
    guard line.byteCount >= 24 else { return 0 }
    let first = line.byte(at: 0)
    if first >= 0x41, first <= 0x5A {
      guard line.byte(at: 3) == 0x20, line.byte(at: 9) == 0x3A, line.byte(at: 12) == 0x3A else { return 0 }
      return bsd(line, 0, &prefix, &form)
    }
    if first == 0x3C { return afterPriority(line, &prefix, &form) }
    if first >= 0x30, first <= 0x39, line.byte(at: 4) == 0x2D, line.byte(at: 7) == 0x2D {
      return iso(line, 0, &prefix, &form)
    }
    return 0
  }

  /// `Nov 26 20:00:00 machine program[1234]: `.
  private static func bsd(_ line: RawSpan, _ start: Int, _ prefix: inout FieldSet, _ form: inout TimeForm) -> Int {
    let count = line.byteCount
    guard start + 16 < count, line.byte(at: start + 3) == 0x20, line.byte(at: start + 6) == 0x20,
      line.byte(at: start + 9) == 0x3A, line.byte(at: start + 12) == 0x3A, line.byte(at: start + 15) == 0x20
    else { return 0 }
    let end = machineAndProgram(line, start + 16, &prefix)
    guard end > 0 else { return 0 }
    form = .syslog
    prefix.set(.time, start, start + 15)
    return end
  }

  /// `2026-11-26T20:00:00.123456+00:00 machine program[1234]: ` of rsyslog and `journalctl -o short-iso`, or
  /// `2026-11-26T20:00:00.123456789Z stdout F ` of a container's runtime (CRI).
  private static func iso(_ line: RawSpan, _ start: Int, _ prefix: inout FieldSet, _ form: inout TimeForm) -> Int {
    let count = line.byteCount
    guard start + 20 < count, line.byte(at: start + 10) == 0x54, line.byte(at: start + 13) == 0x3A else { return 0 }
    let limit = min(count, start + 40)
    let end = ByteScan.first(0x20, in: line, from: start + 19, to: limit)
    guard end < limit else { return 0 }
    var body = 0
    if line.has("stdout ", at: end + 1) || line.has("stderr ", at: end + 1) {
      let tag = ByteScan.first(0x20, in: line, from: end + 8, to: min(count, end + 8 + 64))
      body = tag < count && tag > end + 8 ? tag + 1 : 0
    } else {
      body = machineAndProgram(line, end + 1, &prefix)
    }
    guard body > 0 else { return 0 }
    form = .iso
    prefix.set(.time, start, end)
    return body
  }

  /// `<134>` and what follows: the form of RFC 3164, or `1 time machine program process id data ` of RFC 5424.
  private static func afterPriority(_ line: RawSpan, _ prefix: inout FieldSet, _ form: inout TimeForm) -> Int {
    let count = line.byteCount
    let close = ByteScan.first(0x3E, in: line, from: 1, to: min(5, count))
    guard close > 1, close < min(5, count), close + 24 < count else { return 0 }
    for index in 1..<close where line.byte(at: index) < 0x30 || line.byte(at: index) > 0x39 { return 0 }
    if line.byte(at: close + 1) == 0x31, line.byte(at: close + 2) == 0x20 {
      return structured(line, close + 3, &prefix, &form)
    }
    let isYear = line.byte(at: close + 5) == 0x2D
    return isYear ? iso(line, close + 1, &prefix, &form) : bsd(line, close + 1, &prefix, &form)
  }

  /// RFC 5424, section 6: behind the version.
  private static func structured(
    _ line: RawSpan, _ start: Int, _ prefix: inout FieldSet, _ form: inout TimeForm
  ) -> Int {
    let count = line.byteCount
    var position = start
    for field in [LogField.time, .machine, .program, .process, nil] {
      let end = ByteScan.first(0x20, in: line, from: position, to: min(count, position + nameMax))
      guard end < count, end > position, line.byte(at: end) == 0x20 else { return 0 }
      let isMissing = end == position + 1 && line.byte(at: position) == 0x2D
      if let field, !isMissing { prefix.set(field, position, end) }
      if field == .program { prefix.writer = writer(line, position, end) }
      position = end + 1
    }
    guard position < count else { return 0 }
    form = .iso
    if line.byte(at: position) == 0x2D { return min(position + 2, count) }
    // Structured data: elements in brackets, in whose quoted values a bracket may stand behind a backslash.
    while position < count, line.byte(at: position) == 0x5B {
      position += 1
      while position < count, line.byte(at: position) != 0x5D {
        position = line.byte(at: position) == 0x22 ? JSONLine.stringEnd(line, position + 1) + 1 : position + 1
      }
      position += 1
    }
    return min(position + 1, count)
  }

  /// `machine program[1234]: `; 0 where it is something else.
  private static func machineAndProgram(_ line: RawSpan, _ start: Int, _ prefix: inout FieldSet) -> Int {
    let count = line.byteCount
    let machineEnd = ByteScan.first(0x20, in: line, from: start, to: min(count, start + nameMax))
    guard machineEnd > start, machineEnd < count, line.byte(at: machineEnd) == 0x20,
      line.byte(at: machineEnd - 1) != 0x3A
    else { return 0 }
    let programStart = machineEnd + 1
    let colon = ByteScan.first(0x3A, or: 0x20, in: line, from: programStart, to: min(count, programStart + nameMax))
    guard colon > programStart, colon + 1 < count, line.byte(at: colon) == 0x3A, line.byte(at: colon + 1) == 0x20
    else { return 0 }
    var programEnd = colon
    if line.byte(at: colon - 1) == 0x5D {
      let bracket = ByteScan.first(0x5B, in: line, from: programStart, to: colon)
      if bracket < colon {
        programEnd = bracket
        prefix.set(.process, bracket + 1, colon - 1)
      }
    }
    prefix.set(.machine, start, machineEnd)
    prefix.set(.program, programStart, programEnd)
    prefix.writer = writer(line, programStart, programEnd)
    return colon + 2
  }
}
