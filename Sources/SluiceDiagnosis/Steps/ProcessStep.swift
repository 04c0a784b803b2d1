internal import SluiceIncidents

/// Is the process alive: who listens, since when, where else.
enum ProcessStep {
  /// Sockets of other places, and processes of the past, that are told.
  private static let othersMax = 3

  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    let facts = MachineFacts(examination)
    guard let listeners = facts.listeners else {
      return [StepReport.absence(of: examination.listeners, what: "Who listens")].compactMap { $0 }
    }
    var findings = socketFile(listeners)
    if listeners.here.isEmpty {
      findings += absent(facts)
    } else {
      findings += listeners.here.map { present($0, facts) } + PresenceFindings.findings(facts)
    }
    findings += others(listeners, facts) + past(facts)
    return findings + listeners.missing.map { StepReport.Finding(.notRun, Shown.clipped($0, to: Shown.sentenceMax)) }
  }

  // MARK: Here

  private static func present(_ socket: ListeningSocketSeen, _ facts: MachineFacts) -> StepReport.Finding {
    let address = Shown.text(socket.address)
    guard let process = socket.process.flatMap(facts.process) else {
      let user = socket.user.map { " of user \(Shown.text($0))" } ?? ""
      return StepReport.Finding(.fine, "A process\(user) listens at \(address).")
    }
    var words = "\(Shown.process(process).capitalizedFirst) listens at \(address)"
    if let started = process.startedAt { words += " and runs for \(Shown.span(from: started, to: facts.now))" }
    if let user = process.user { words += ", as \(Shown.text(user, limit: 32))" }
    if let container = process.container { words += ", in container \(Shown.text(container, limit: 12))" }
    if let unit = process.unit { words += ", of \(Shown.text(unit, limit: 48))" }
    if !socket.sharedBy.isEmpty { words += ", with \(Shown.count(socket.sharedBy.count, "other", "others"))" }
    return StepReport.Finding(.fine, words + ": \(Shown.text(process.command)).")
  }

  private static func absent(_ facts: MachineFacts) -> [StepReport.Finding] {
    guard facts.connects != true else {
      return [StepReport.Finding(.warning, "No process of this machine was found at \(facts.place), which answers.")]
    }
    return [StepReport.Finding(.failing, "Nothing listens at \(facts.place).")]
  }

  private static func socketFile(_ listeners: ListenersSeen) -> [StepReport.Finding] {
    guard let file = listeners.socketFile else { return [] }
    let path = Shown.text(file.path, limit: 80)
    let obstacle = Shown.text(file.obstacle ?? file.path, limit: 80)
    if !file.exists { return [StepReport.Finding(.failing, "\(path) does not exist: \(obstacle) is missing.")] }
    if !file.isSocket { return [StepReport.Finding(.failing, "\(path) is no socket.")] }
    if file.mayConnect == false {
      return [StepReport.Finding(.failing, "\(path) may not be opened: the rights of \(obstacle) are in the way.")]
    }
    let rights = [file.mode, file.owner, file.group].compactMap { $0 }.map { Shown.text($0, limit: 32) }
    return [StepReport.Finding(.fine, "\(path) is a socket that may be opened (\(rights.joined(separator: ", "))).")]
  }

  // MARK: Elsewhere and before

  private static func others(_ listeners: ListenersSeen, _ facts: MachineFacts) -> [StepReport.Finding] {
    let mark: StepReport.Mark = listeners.here.isEmpty ? .failing : .fine
    let samePort = listeners.samePort.prefix(othersMax).map { socket in
      let owner = socket.process.flatMap(facts.process).map { Shown.process($0) } ?? "a process"
      let way = listeners.here.isEmpty ? ", where the endpoint is not reached" : " too"
      return StepReport.Finding(mark, "\(owner.capitalizedFirst) listens at \(Shown.text(socket.address))\(way).")
    }
    let elsewhere = listeners.elsewhere.prefix(othersMax).map { socket in
      let owner = socket.process.flatMap(facts.process).map { Shown.process($0) } ?? "a process"
      return StepReport.Finding(
        listeners.here.isEmpty ? .warning : .fine,
        "The same program listens at \(Shown.text(socket.address)): \(owner).")
    }
    return samePort + elsewhere
  }

  private static func past(_ facts: MachineFacts) -> [StepReport.Finding] {
    let isGone = facts.here.isEmpty
    let ended = facts.history.filter { $0.endedAt != nil }
    let shown = isGone ? Array(ended.prefix(othersMax)) : Array(facts.endedRecently.prefix(othersMax))
    var findings = shown.map { sighting in
      let ran = sighting.endedAt.map { Shown.span(from: sighting.startedAt ?? sighting.firstSeen, to: $0) } ?? ""
      let when = sighting.endedAt.map { Shown.clock($0) } ?? ""
      return StepReport.Finding(
        isGone && sighting == ended.first ? .failing : .warning,
        "\(Shown.process(sighting).capitalizedFirst) listened here for \(ran) and \(Shown.end(sighting)) at \(when).")
    }
    let recent = facts.endedRecently.count
    if recent > shown.count {
      findings.append(StepReport.Finding(.warning, "\(recent) processes that listened here ended within ten minutes."))
    }
    if let worker = facts.workersEndedRecently.first {
      let count = Shown.count(facts.workersEndedRecently.count, "worker", "workers")
      findings.append(
        StepReport.Finding(.warning, "\(count) ended within ten minutes: the last \(Shown.end(worker))."))
    }
    return findings
  }
}
