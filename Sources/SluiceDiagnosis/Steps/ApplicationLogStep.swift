internal import SluiceIncidents

/// What stands out in the application's own log.
enum ApplicationLogStep {
  /// Notes that are told.
  static let notesMax = 6
  /// A log that was silent for so long before the moment is told of.
  static let silenceMs: Int64 = 300_000

  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    if let absence = StepReport.absence(of: examination.applicationLog, what: "The log") { return [absence] }
    guard let facts = ApplicationLogFacts(examination) else { return [] }
    let notes = facts.log.notes.filter { $0.kind != .started }.prefix(notesMax).map { finding($0, facts) }
    var findings = notes.filter { $0.mark == .failing } + notes.filter { $0.mark != .failing }
    if findings.allSatisfy({ $0.mark == .fine }) { findings.append(quiet(facts.log)) }
    if let silence = silence(facts.log) { findings.append(silence) }
    return findings + facts.log.missing.map { .init(.notRun, Shown.clipped($0, to: Shown.sentenceMax)) }
  }

  private static func finding(_ note: ApplicationLogNote, _ facts: ApplicationLogFacts) -> StepReport.Finding {
    let times = note.count > 1 ? " (\(note.count) times)" : ""
    let language = note.language.map { " in \($0)" } ?? ""
    let what = words(note.kind) + (note.kind == .listening ? "" : language)
    return StepReport.Finding(
      mark(note, facts),
      Shown.clipped("\(time(note)): \(what)\(times): \(Shown.text(note.text, limit: 150))", to: Shown.sentenceMax))
  }

  private static func mark(_ note: ApplicationLogNote, _ facts: ApplicationLogFacts) -> StepReport.Mark {
    switch note.kind {
    case .listening, .started: .fine
    case .stopping, .error: .warning
    case .stackTrace, .panic, .outOfMemory, .memoryRefused, .outOfMemoryKill, .killed, .cannotListen, .workerTimeout,
      .workerEnded, .workersExhausted, .dependency, .dependencyLate, .descriptorsExhausted, .diskFull:
      facts.counts(note) ? .failing : .warning
    }
  }

  private static func words(_ kind: ApplicationLogNote.Kind) -> String {
    switch kind {
    case .stackTrace: "an error with its stack"
    case .panic: "an error that ends the program"
    case .outOfMemory: "out of memory"
    case .memoryRefused: "the system gave no memory"
    case .outOfMemoryKill: "killed by the kernel for want of memory"
    case .killed: "killed"
    case .listening: "listening"
    case .cannotListen: "it could not listen"
    case .started: "started"
    case .stopping: "stopping"
    case .workerTimeout: "a worker took too long"
    case .workerEnded: "a worker ended"
    case .workersExhausted: "no worker is free"
    case .dependency: "something that it asks failed"
    case .dependencyLate: "something that it asks is late"
    case .descriptorsExhausted: "no descriptor left"
    case .diskFull: "disk full"
    case .error: "an error"
    }
  }

  private static func quiet(_ log: ApplicationLogSeen) -> StepReport.Finding {
    let lines = Shown.count(log.lines.count, "line", "lines")
    return StepReport.Finding(.fine, "Nothing stands out in \(lines) of \(Shown.text(log.source)) around the moment.")
  }

  private static func silence(_ log: ApplicationLogSeen) -> StepReport.Finding? {
    guard let last = log.lastLineAt, log.moment - last > silenceMs else { return nil }
    return StepReport.Finding(
      .warning, "The last line of the log is \(Shown.duration(Double(log.moment - last))) older than the moment.")
  }

  /// `17:12:11 UTC`.
  private static func time(_ note: ApplicationLogNote) -> String {
    guard let time = note.time else { return "Without a time" }
    let date = CivilDate(unixSeconds: LogCalendar.floorDivided(time, by: 1000))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(date.hour)):\(two(date.minute)):\(two(date.second)) UTC"
  }
}
