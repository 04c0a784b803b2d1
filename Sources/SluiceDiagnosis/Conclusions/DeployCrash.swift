internal import SluiceCore
internal import SluiceIncidents

/// A version that ends as it starts: a process that came with a deploy and was gone soon, or a log that says why.
enum DeployCrash {
  /// Milliseconds within which a program that ends has not started well.
  static let startTime: Int64 = 60_000
  /// Milliseconds after a deploy in which a line of the log is of its start.
  static let logTime: Int64 = 120_000
  /// Milliseconds that a mark may come behind the start of what was deployed.
  static let lateMark: Int64 = 10_000

  static func conclusion(_ facts: DeployFacts) -> Conclusion? {
    guard isDown(facts.examination) else { return nil }
    let marks = facts.changes.filter { $0.kind == .deploy || $0.kind == .version }
    for mark in marks {
      let ended = endings(facts, mark)
      let note = lastWords(facts, mark)
      guard !ended.isEmpty || note != nil else { continue }
      let earlier = facts.examination.listeners?.value?.history.first {
        $0.firstSeen < mark.time && ($0.endedAt ?? mark.time) > mark.time - DeployFacts.markTime
      }
      let ran = earlier.map { "Before it process \($0.process) (\(Shown.text($0.name))) ran." }
      // One that ran until the deploy, and only ones that ended at once since: it is what was deployed.
      let isCertain = earlier != nil && !ended.isEmpty
      return Conclusion(
        "The application ends as it starts since \(ChangeWords.name(mark))\(reason(ended.first, note))",
        next: "Roll the deploy back, and look at the first lines of the application's log after it.",
        .root(
          .deployCrash, isCertain ? .certain : .likely,
          ended.prefix(3).map(sentence) + [note.map { "Its log: \(Shown.text($0.text, limit: 160))" }, ran]),
        checks: [.applicationLog, .deploys])
    }
    return nil
  }

  /// Whether the endpoint is seen to be down; nothing is concluded where it may be up.
  private static func isDown(_ examination: Examination) -> Bool {
    if let connections = examination.connections?.value, !connections.isEmpty {
      return connections.allSatisfy { $0.cause != nil }
    }
    return examination.listeners?.value?.here.isEmpty == true
  }

  /// Processes that came with the deploy and ended soon by themselves, the latest first. One that was there before and
  /// ended before it, or that somebody ended, is none of its doing.
  private static func endings(_ facts: DeployFacts, _ mark: Change) -> [ProcessSighting] {
    (facts.examination.listeners?.value?.history ?? []).filter { sighting in
      guard let end = sighting.endedAt, sighting.isOutOfMemory != true, isFailure(sighting) else { return false }
      let start = sighting.startedAt ?? sighting.firstSeen
      return start >= mark.time - lateMark && end >= mark.time - lateMark / 2 && end - start <= startTime
    }
  }

  /// An exit status that says so, or a signal that the program brought upon itself.
  private static func isFailure(_ sighting: ProcessSighting) -> Bool {
    if let signal = sighting.signal { return SignalName.isFault(signal) }
    return sighting.exitStatus.map { $0 != 0 } ?? false
  }

  private static func lastWords(_ facts: DeployFacts, _ mark: Change) -> ApplicationLogNote? {
    facts.examination.applicationLog?.value?.notes.first { note in
      guard let time = note.time, time >= mark.time - DeployFacts.markTime, time <= mark.time + logTime else {
        return false
      }
      return note.kind == .panic || note.kind == .cannotListen
    }
  }

  private static func reason(_ sighting: ProcessSighting?, _ note: ApplicationLogNote?) -> String {
    if let note { return ": \(Shown.text(note.text, limit: 80))" }
    if let signal = sighting?.signal { return ": signal \(signal)" }
    return sighting?.exitStatus.map { ": exit status \($0)" } ?? ""
  }

  private static func sentence(_ sighting: ProcessSighting) -> String {
    let start = sighting.startedAt ?? sighting.firstSeen
    let lived = Shown.duration(Double(max((sighting.endedAt ?? start) - start, 0)))
    let how =
      sighting.signal.map { " by signal \($0)" } ?? sighting.exitStatus.map { " with exit status \($0)" } ?? ""
    return "Process \(sighting.process) (\(Shown.text(sighting.name))) ended\(how) after \(lived)."
  }
}
