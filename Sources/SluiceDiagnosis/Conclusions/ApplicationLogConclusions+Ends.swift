internal import SluiceCore
internal import SluiceIncidents

/// Where it listens, what it asks, and how it ended.
extension ApplicationLogConclusions {
  static func taken(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.cannotListen)
    guard let note = notes.first else { return nil }
    return Conclusion(
      "The application at \(place(facts)) cannot listen: \(words(note))",
      next: "Find who has the port (`ss -ltnp`), end it or give the application another one.",
      root(.cannotListen, facts, notes), checks: [.process])
  }

  static func dependency(_ facts: ApplicationLogFacts) -> Conclusion? {
    // An address that is the endpoint's own is no dependency: somebody else's log tells of the same failure.
    let notes = facts.notes(.dependency).filter { $0.port == nil || $0.port != facts.target.port }
    guard let note = notes.first else { return nil }
    return Conclusion(
      "Something that the application at \(place(facts)) asks failed, \(facts.when(note)): \(words(note))",
      next: "Look at what it asks there: is it up, and does it take connections?",
      root(.dependencyFailed, facts, notes), checks: [.applicationLog])
  }

  static func lateDependency(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.dependencyLate).filter { $0.port == nil || $0.port != facts.target.port }
    guard let note = notes.first else { return nil }
    return Conclusion(
      "Something that the application at \(place(facts)) asks is late, \(facts.when(note)): \(words(note))",
      next: "Look at how long what it asks takes, and at the size of its pool.", root(.slowDependency, facts, notes),
      checks: [.applicationLog])
  }

  static func loop(_ facts: ApplicationLogFacts) -> Conclusion? {
    let (crashes, starts) = (facts.lately(facts.log.crashes), facts.lately(facts.log.starts))
    let count = max(crashes.count, starts.count)
    guard count >= ApplicationLogFacts.loopCount else { return nil }
    let isCrashing = crashes.count >= ApplicationLogFacts.loopCount
    let notes = facts.log.notes.filter { $0.isEnd || $0.kind == .cannotListen }
    let spans = (isCrashing ? crashes : starts)
    let span = Shown.duration(Double((spans.last ?? 0) - (spans.first ?? 0)))
    let sentence =
      isCrashing
      ? "The application at \(place(facts)) ended by errors \(crashes.count) times within \(span)"
      : "The application at \(place(facts)) began \(starts.count) times within \(span)"
    let last = notes.first.map { ", last by: \(words($0))" } ?? ""
    var explanation = root(.crashLoop, facts, notes, sure: isCrashing ? facts.sure : .possible)
    explanation.evidence.insert(sentence + ".", at: 0)
    return Conclusion(
      sentence + last, next: "Read the error with which it ends; a restart does not help.", explanation,
      checks: [.applicationLog, .deploys])
  }

  /// Of an endpoint that refuses: the last thing that the log says of listening names another port.
  static func elsewhere(_ facts: ApplicationLogFacts) -> Conclusion? {
    guard facts.isRefused == true, let wanted = facts.target.port else { return nil }
    let listening = facts.log.notes.filter { $0.kind == .listening && $0.port != nil }
    guard
      let latest = listening.max(by: {
        ($0.time ?? .min, -($0.linesAfter ?? 0)) < ($1.time ?? .min, -($1.linesAfter ?? 0))
      }),
      let port = latest.port, port != wanted
    else { return nil }
    // Ports of the same start: an application may listen on several.
    let together = listening.filter { other in
      guard let one = latest.time, let two = other.time else { return true }
      return abs(one - two) <= ApplicationLogFacts.nearMs
    }
    guard !together.contains(where: { $0.port == wanted }) else { return nil }
    let isOver = facts.log.notes.contains { note in
      (note.isEnd || note.kind == .stopping) && (note.linesAfter ?? .max) < (latest.linesAfter ?? .max)
    }
    guard !isOver, latest.linesAfter != nil else { return nil }
    return Conclusion(
      "The application listens on port \(port), and not on \(wanted) as the endpoint \(place(facts)) says",
      next: "Correct the port of the endpoint, or the one that the application is told to listen on.",
      .root(.listeningElsewhere, .likely, facts.evidence([latest])), checks: [.portAndScheme, .process])
  }

  static func killed(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.killed)
    guard let note = notes.first else { return nil }
    return Conclusion(
      "The application at \(place(facts)) was killed, \(facts.when(note))",
      next: "Find who killed it: the kernel's log, a supervisor, a person.",
      root(.processKilled, facts, notes), checks: [.resources, .process])
  }

  static func crash(_ facts: ApplicationLogFacts) -> Conclusion? {
    let ends = facts.log.notes.filter { note in
      if note.kind == .panic, note.isEnd { return facts.counts(note) }
      // An error that is the last thing the log says, of an application that is gone, may have been its end.
      return (note.kind == .stackTrace || note.kind == .error) && facts.isEndOfLog(note)
    }
    guard let note = ends.first else { return nil }
    return Conclusion(
      "The application at \(place(facts)) ended by an error, \(facts.when(note)): \(words(note))",
      next: "Correct the error, or go back to the version before it, and start the application.",
      root(.applicationCrash, facts, ends, sure: note.isEnd ? nil : .possible), checks: [.applicationLog, .deploys])
  }

  static func stopped(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.stopping)
    guard facts.isRefused == true, let note = notes.first, facts.isEndOfLog(note) else { return nil }
    return Conclusion(
      "The application at \(place(facts)) was told to stop and did so, \(facts.when(note))",
      next: "Start it, or find who stopped it.", root(.applicationExited, facts, notes), checks: [.process, .deploys])
  }

  static func handler(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.log.notes.filter { note in
      (note.kind == .stackTrace || note.kind == .panic && !note.isEnd)
        && facts.isNear(note, ApplicationLogFacts.requestMs)
    }
    guard let note = notes.first, facts.isRefused != true else { return nil }
    return Conclusion(
      "An error in the code of the application at \(place(facts)), \(facts.when(note)): \(words(note))",
      next: "Read the stack trace in the application's log.", root(.handlerError, facts, notes),
      checks: [.applicationLog, .deploys])
  }
}
