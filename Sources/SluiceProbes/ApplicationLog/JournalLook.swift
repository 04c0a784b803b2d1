internal import Glibc
internal import SluiceDiagnosis
internal import SluiceIncidents

/// The entries of a unit around a moment, as the system's journal has them.
struct JournalLook {
  /// Bytes of entries, and entries, that are taken.
  static let bytesMax = 4 << 20
  static let entriesMax = 4000
  /// Entries that are shown where none is near the moment.
  static let lastEntries = 40

  /// How long it may take in all.
  var limit: Duration
  var program = "journalctl"

  func look(unit: String, moment: Int64) -> Seen<ApplicationLogSeen> {
    let since = (moment - LogFileLook.beforeMs) / 1000
    let until = (moment + LogFileLook.afterMs) / 1000
    let near = run(unit, ["--since", "@\(since)", "--until", "@\(until)", "-n", "\(Self.entriesMax)"])
    if let refusal = refusal(of: near, unit: unit) { return refusal }
    var lines = Self.lines(of: near.output)
    var missing = Self.hint(near)
    if near.end == .cut {
      missing.append("The journal has more of \(unit) around the moment than is read: its later entries are left out.")
    }
    if lines.isEmpty {
      let last = run(unit, ["-n", "\(Self.lastEntries)"])
      if let refusal = refusal(of: last, unit: unit) { return refusal }
      lines = Self.lines(of: last.output)
      guard !lines.isEmpty else { return .notRun(Self.nothing(unit, hint: missing)) }
      missing.append("The journal has no entry of \(unit) within ten minutes of the moment: these are its last ones.")
    }
    var seen = ApplicationLogReading.seen(
      source: "journal:\(unit)", moment: moment, lines: lines, isToEnd: near.end != .cut && until * 1000 >= moment,
      writtenAt: nil)
    seen.missing += missing
    seen.readBytes = UInt64(near.output.count)
    return .value(seen)
  }

  private func run(_ unit: String, _ arguments: [String]) -> ProgramRun {
    let fields = "--output-fields=MESSAGE,_PID,SYSLOG_PID"
    return ProgramRun.run(
      program, ["--no-pager", "-o", "json", fields, "-u", unit] + arguments, within: limit / 2,
      bytesMax: Self.bytesMax)
  }

  /// Why there is nothing to read; nil where there may be.
  private func refusal(of run: ProgramRun, unit: String) -> Seen<ApplicationLogSeen>? {
    let words = run.errorText
    switch run.end {
    case .timedOut: return .timedOut(milliseconds: limit.milliseconds)
    case .notStarted(errno: ENOENT):
      return .notRun("The journal of \(unit) cannot be read: this machine has no \(program).")
    case .notStarted(let number):
      return .notRun("The journal of \(unit) cannot be read: \(program): \(String(cString: strerror(number))).")
    case .signalled(let signal): return .notRun("\(program) was ended by signal \(signal).")
    case .exited(status: 0), .cut: break
    case .exited(let status):
      let reason = Self.firstLine(words).isEmpty ? "status \(status)" : Self.firstLine(words)
      if words.contains("ermission") { return .notRun(Self.noRight(unit)) }
      return .notRun("The journal of \(unit) cannot be read: \(reason).")
    }
    if words.contains("insufficient permissions") { return .notRun(Self.noRight(unit)) }
    if words.contains("No journal files were found") {
      return .notRun("This machine keeps no journal: \(program) found no files of one.")
    }
    return nil
  }

  /// What journalctl says where the reader sees only a part.
  private static func hint(_ run: ProgramRun) -> [String] {
    run.errorText.contains("not seeing messages from other users")
      ? [
        "Only entries of the own user are seen: the right to read the journal (group systemd-journal or adm) is missing."
      ]
      : []
  }

  private static func noRight(_ unit: String) -> String {
    "The journal of \(unit) cannot be read: the right to read it (group systemd-journal or adm) is missing."
  }

  private static func nothing(_ unit: String, hint: [String]) -> String {
    hint.first ?? "The journal has no entry of a unit \(unit): there is none of that name, or it never logged."
  }

  private static func firstLine(_ text: String) -> String {
    String(text.split(separator: "\n").first ?? "")
  }

  static func lines(of output: [UInt8]) -> [LogLine] {
    output.split(separator: 0x0A).compactMap { JournalEntry($0) }.flatMap { entry in
      LogLineReader.lines(message: entry.message, time: entry.time, process: entry.process)
    }
  }
}
