internal import SluiceIncidents

/// What stands out in lines of a log, in their order.
struct LogRecognition {
  /// A note with the lines that it is made of.
  struct Found {
    var note: ApplicationLogNote
    var lines: ClosedRange<Int>
  }

  private(set) var found: [Found] = []
  private let lines: [LogLine]

  init(_ lines: [LogLine]) {
    self.lines = lines
    var index = 0
    while index < lines.count {
      if let trace = StackTrace.begins(at: index, in: lines) {
        add(trace)
        index = max(index, trace.lines.upperBound) + 1
      } else {
        addLine(index)
        index += 1
      }
    }
  }

  private mutating func add(_ trace: StackTrace) {
    // The line above the frames was taken for a note of its own before they were seen, and is part of the trace.
    while let last = found.last, last.lines.lowerBound >= trace.lines.lowerBound { found.removeLast() }
    let sign = LogSign.first(in: Array(trace.cause.utf8)[...])?.sign
    let kind: ApplicationLogNote.Kind =
      switch sign?.kind {
      case .outOfMemory, .memoryRefused, .descriptorsExhausted, .diskFull, .cannotListen, .dependency, .dependencyLate,
        .workerTimeout, .workersExhausted:
        sign?.kind ?? .stackTrace
      default: trace.isUncaught ? .panic : .stackTrace
      }
    var note = ApplicationLogNote(kind: kind, text: trace.cause)
    note.language = trace.language
    if kind == .dependency || kind == .dependencyLate { note.port = Self.port(in: trace.cause) }
    // An error that ended the program is one by whichever cause.
    note.isEnd = trace.isUncaught
    append(note, trace.lines)
  }

  private mutating func addLine(_ index: Int) {
    let line = lines[index]
    guard line.body.count >= 2, !AccessLine.isOne(line.body) else { return }
    if line.process == 1, let kind = Self.kind(ofSystemd: line.bodyText) {
      append(note(kind, line), index...index)
      return
    }
    guard let (sign, end) = LogSign.first(in: line.body), !Self.isOfADebugger(line.body) else {
      if LogLevel.isError(line.body) { append(note(.error, line), index...index) }
      if isKilledAlone(line.body) { append(note(.killed, line), index...index) }
      return
    }
    var note = note(sign.kind, line)
    note.language = sign.language
    switch sign.kind {
    // From a little before the end of the words, which may be the beginning of a URL.
    case .listening: note.port = ListeningPort.port(in: line.body, from: end - 5)
    case .dependency, .dependencyLate: note.port = Self.port(in: line.bodyText)
    case .outOfMemory: note.isEnd = sign.language != "java" && sign.language != "php"
    case .panic, .killed, .outOfMemoryKill: note.isEnd = true
    default: break
    }
    // "Listening" may be for anything; with a port, or in the words of a framework, it is for connections.
    if sign.kind == .listening, sign.language == nil, note.port == nil { return }
    append(note, index...index)
  }

  private func note(_ kind: ApplicationLogNote.Kind, _ line: LogLine) -> ApplicationLogNote {
    var note = ApplicationLogNote(kind: kind, text: line.bodyText)
    note.process = line.process
    return note
  }

  private mutating func append(_ note: ApplicationLogNote, _ range: ClosedRange<Int>) {
    var note = note
    note.process = note.process ?? lines[range.lowerBound].process
    found.append(Found(note: note, lines: range))
  }

  /// What the first process of a system says of a unit.
  private static func kind(ofSystemd text: String) -> ApplicationLogNote.Kind? {
    if text.hasPrefix("Started ") { return .started }
    return text.hasPrefix("Stopping ") || text.hasPrefix("Stopped ") ? .stopping : nil
  }

  /// What a shell says of its child, with or without the child's number and name.
  private func isKilledAlone(_ body: ArraySlice<UInt8>) -> Bool {
    let text = LogWords.trimmed(String(decoding: body.prefix(200), as: UTF8.self))
    return text == "Killed" || text.hasSuffix(": Killed") || text.contains(" Killed  ")
  }

  private static func isOfADebugger(_ body: ArraySlice<UInt8>) -> Bool { body.starts(with: "Debugger listening".utf8) }

  /// The port of an address that could not be reached.
  private static func port(in text: String) -> UInt16? {
    let bytes = Array(text.utf8)
    return ListeningPort.portOfAddress(in: bytes[...])
  }
}
