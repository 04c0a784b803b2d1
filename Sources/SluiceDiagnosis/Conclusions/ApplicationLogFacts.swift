internal import SluiceCore
internal import SluiceIncidents

/// Questions about an application's log that the rules over it ask.
struct ApplicationLogFacts {
  /// A note so far from the moment still tells of it.
  static let nearMs: Int64 = 30_000
  /// An error in a request's own code is told at once.
  static let requestMs: Int64 = 5000
  /// Within so long before the moment, three crashes are a loop.
  static let loopMs: Int64 = 600_000
  static let loopCount = 3
  /// Lines behind a note at most, where the log ends with it: what a runtime prints of its end.
  static let lastLinesMax = 60

  let log: ApplicationLogSeen
  let target: ExaminationTarget
  /// Whether nobody takes connections there; nil: not known.
  let isRefused: Bool?
  /// Whether anything is wrong with the endpoint at all; nil: not known.
  let isTroubled: Bool?

  /// nil: the log was not read.
  init?(_ examination: Examination) {
    guard let log = examination.applicationLog?.value else { return nil }
    self.log = log
    target = examination.target
    isRefused = Self.isRefused(examination)
    isTroubled = Self.isTroubled(examination, moment: log.moment)
  }

  private static let refusals: Set<String> = [Cause.connectRefused.identifier, Cause.unixSocketMissing.identifier]

  /// By the look; without one by what the gateway met last.
  private static func isRefused(_ examination: Examination) -> Bool? {
    if let connections = examination.connections?.value, !connections.isEmpty {
      return connections.allSatisfy { $0.cause.map(refusals.contains) ?? false }
    }
    let problems = examination.gatewayRecord?.value?.problems ?? []
    let isMet = problems.contains { problem in
      problem.state == .ongoing && refusals.contains(problem.key.cause)
        && problem.key.endpoint == examination.target.endpoint && problem.lastSeen >= examination.time - nearMs
    }
    return isMet ? true : nil
  }

  private static func isTroubled(_ examination: Examination, moment: Int64) -> Bool? {
    if let connections = examination.connections?.value, !connections.isEmpty,
      connections.allSatisfy({ $0.cause != nil })
    {
      return true
    }
    let problems = examination.gatewayRecord?.value?.problems ?? []
    if problems.contains(where: { $0.lastSeen >= moment - nearMs && $0.firstSeen <= moment + nearMs }) { return true }
    guard let answer = examination.responses?.value?.first(where: { $0.question == .configured }) else { return nil }
    return answer.cause != nil || (answer.status ?? 0) >= 500
  }
}

extension ApplicationLogFacts {
  /// Near the moment, or the end of the log of an application that nobody reaches any more.
  func counts(_ note: ApplicationLogNote) -> Bool { isNear(note, Self.nearMs) || isEndOfLog(note) }

  func isNear(_ note: ApplicationLogNote, _ span: Int64) -> Bool {
    note.time.map { abs($0.distance(to: log.moment)) <= Int(span) } ?? false
  }

  func isEndOfLog(_ note: ApplicationLogNote) -> Bool {
    guard isRefused == true, let after = note.linesAfter, after <= Self.lastLinesMax else { return false }
    return !log.notes.contains { other in other.isStart && (other.linesAfter ?? .max) < after }
  }

  /// Those that count, the nearest to the moment first.
  func notes(_ kinds: ApplicationLogNote.Kind...) -> [ApplicationLogNote] {
    log.notes.filter { kinds.contains($0.kind) && counts($0) }
  }

  /// The log tells of a time and not of a request: nothing of it is certain.
  var sure: Sureness { isTroubled == true ? .likely : .possible }

  /// `3 s before the moment`, `10 s before the last look`.
  func when(_ note: ApplicationLogNote) -> String {
    guard let time = note.time else { return "at the end of its log" }
    let distance = log.moment - time
    if abs(distance) < 1000 { return "in that second" }
    return Shown.duration(Double(abs(distance))) + (distance > 0 ? " before it" : " after it")
  }

  func evidence(_ notes: [ApplicationLogNote]) -> [String] {
    notes.prefix(3).map { note in
      let times = note.count > 1 ? ", \(note.count) times" : ""
      return "The log says \(when(note))\(times): \(Shown.text(note.text, limit: 140))"
    }
  }

  /// Within the ten minutes before the moment.
  func lately(_ times: [Int64]) -> [Int64] {
    times.filter { $0 >= log.moment - Self.loopMs && $0 <= log.moment + Self.nearMs }
  }
}
