/// Lines of exports of the journal that hold the line of a program in a form of their own: a message that is no text
/// comes as an array of bytes in JSON, and `journalctl -o export` writes each field on a line of its own.
///
/// What the message says is read by the other formats. The time of an export's message stands on a line before it.
enum JournalLine {
  /// Bytes of a message that are read.
  static let messageMax = 8192

  // MARK: JSON

  private static let keys = JSONKeys([
    "__REALTIME_TIMESTAMP": .time, "SYSLOG_IDENTIFIER": .program, "_HOSTNAME": .machine, "_PID": .process,
  ])

  static func readBytes(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard line.byteCount > 2, line.byte(at: 0) == 0x7B, let array = array(line),
      JSONLine.read(line, keys, into: &fields), fields.has(.time)
    else { return false }
    fields.set(.message, array.lowerBound, array.upperBound)
    return true
  }

  static func bytesEntry(_ values: FieldValues) -> LogEntry? {
    guard let text = values[.message] else { return nil }
    var bytes: [UInt8] = []
    for number in text.split(separator: ",") where bytes.count < messageMax {
      guard let byte = UInt8(number.filter { $0 != " " }) else { return nil }
      bytes.append(byte)
    }
    return entry(String(decoding: bytes, as: UTF8.self), values)
  }

  /// What stands in the brackets behind `"MESSAGE":`.
  private static func array(_ line: RawSpan) -> Range<Int>? {
    var position = 0
    while position < line.byteCount {
      position = ByteScan.first(0x22, in: line, from: position, to: line.byteCount)
      if line.has("\"MESSAGE\"", at: position) {
        let colon = JSONLine.spaces(line, position + 9)
        guard colon < line.byteCount, line.byte(at: colon) == 0x3A else { return nil }
        let open = JSONLine.spaces(line, colon + 1)
        guard open < line.byteCount, line.byte(at: open) == 0x5B else { return nil }
        let close = ByteScan.first(0x5D, in: line, from: open, to: line.byteCount)
        return close < line.byteCount ? open + 1..<close : nil
      }
      position = JSONLine.stringEnd(line, position + 1) + 1
    }
    return nil
  }

  // MARK: Export

  /// The first line of a record.
  static let cursor: StaticString = "__CURSOR="
  /// Microseconds since 1970, which stand in `extra`: the time of the record and not of the line.
  private static let realtime: StaticString = "__REALTIME_TIMESTAMP="

  static func readExport(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    if line.has("MESSAGE=", at: 0) {
      fields.set(.message, 8, line.byteCount)
      return true
    }
    if line.has(realtime, at: 0) {
      fields.set(.extra, realtime.utf8CodeUnitCount, line.byteCount)
      return true
    }
    for key: StaticString in [
      cursor, "__MONOTONIC_TIMESTAMP=", "__SEQNUM", "_BOOT_ID=", "_TRANSPORT=", "_UID=",
      "_GID=", "_PID=", "_COMM=", "_EXE=", "_CMDLINE=", "_CAP_EFFECTIVE=", "_SELINUX_CONTEXT=", "_MACHINE_ID=",
      "_HOSTNAME=", "_SYSTEMD_", "_STREAM_ID=", "_RUNTIME_SCOPE=", "_SOURCE_", "_AUDIT_", "PRIORITY=", "SYSLOG_",
      "CODE_FILE=", "CODE_LINE=", "CODE_FUNC=", "UNIT=", "INVOCATION_ID=", "JOB_ID=", "JOB_TYPE=", "JOB_RESULT=",
      "MESSAGE_ID=", "TID=", "EXIT_CODE=", "EXIT_STATUS=", "COMMAND=", "N_RESTARTS=",
    ] where line.has(key, at: 0) {
      return true
    }
    return false
  }

  static func exportEntry(_ values: FieldValues) -> LogEntry? { values[.message].flatMap { entry($0, values) } }

  // MARK: Both

  /// The message as one of the other formats reads it; its time is that of the journal.
  private static func entry(_ text: String, _ values: FieldValues) -> LogEntry? {
    // A message within a message would be read again and again.
    guard !text.hasPrefix("MESSAGE="), !text.hasPrefix("{\"MESSAGE") else { return nil }
    var entry = LogFormatTable.standard.entry(ofLine: text)
    if let process = values.number(.process) { entry?.process = process }
    return entry
  }
}
