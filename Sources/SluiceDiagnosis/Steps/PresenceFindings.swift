internal import SluiceIncidents

/// How the processes do that listen at an endpoint.
enum PresenceFindings {
  static func findings(_ facts: MachineFacts) -> [StepReport.Finding] {
    states(facts) + queues(facts)
      + [processor(facts), descriptors(facts), waiting(facts), replaced(facts)].compactMap {
        $0
      }
  }

  private static func states(_ facts: MachineFacts) -> [StepReport.Finding] {
    facts.serving.compactMap { process in
      switch process.state {
      case .stopped: StepReport.Finding(.failing, "\(name(process)) is stopped (SIGSTOP or a debugger).")
      case .zombie: StepReport.Finding(.failing, "\(name(process)) has ended and is a zombie.")
      case .blocked: StepReport.Finding(.warning, "\(name(process)) waits for a disk or device.")
      case .running, .sleeping, .other: nil
      }
    }
  }

  private static func name(_ process: ProcessSeen) -> String { Shown.process(process).capitalizedFirst }

  private static func queues(_ facts: MachineFacts) -> [StepReport.Finding] {
    var findings: [StepReport.Finding] = facts.here.compactMap { socket in
      guard let max = socket.queueMax else {
        return socket.queued == 0
          ? nil : StepReport.Finding(.warning, "\(socket.queued) connections wait to be accepted.")
      }
      let text = "\(socket.queued) of \(max) places of the accept queue at \(Shown.text(socket.address)) are taken."
      // A few come while the application looks away; that is what a queue is for.
      if socket.queued * 2 < max || socket.queued == 0 { return StepReport.Finding(.fine, text) }
      return StepReport.Finding(socket.queued >= max ? .failing : .warning, text)
    }
    if facts.unread > 0 {
      let accepted = facts.serving.compactMap(\.acceptedCount).reduce(0, +)
      findings.append(
        StepReport.Finding(.warning, "\(facts.unread) of \(accepted) connections have bytes that were not read."))
    }
    return findings
  }

  private static func processor(_ facts: MachineFacts) -> StepReport.Finding? {
    guard let share = facts.cpuShare else { return nil }
    let isBusy = facts.workers.contains(where: PresenceConclusions.isBusy)
    let threads = facts.serving.compactMap(\.threads).reduce(0, +)
    let memory = facts.serving.compactMap(\.residentBytes).reduce(0, &+)
    return StepReport.Finding(
      isBusy ? .warning : .fine,
      "It uses \(Shown.share(share)) and \(Shown.size(memory)) of memory, with \(Shown.count(threads, "thread", "threads"))."
    )
  }

  private static func descriptors(_ facts: MachineFacts) -> StepReport.Finding? {
    let nearest = facts.serving.filter { ($0.descriptorsMax ?? 0) > 0 }
      .max { Self.use($0) < Self.use($1) }
    guard let nearest, let used = nearest.descriptors, let max = nearest.descriptorsMax else { return nil }
    let mark: StepReport.Mark = used * 100 >= max * 97 ? .failing : used * 100 >= max * 80 ? .warning : .fine
    return StepReport.Finding(mark, "It has \(used) of \(max) files and connections open.")
  }

  private static func use(_ process: ProcessSeen) -> Double {
    guard let used = process.descriptors, let max = process.descriptorsMax, max > 0 else { return 0 }
    return Double(used) / Double(max)
  }

  private static func waiting(_ facts: MachineFacts) -> StepReport.Finding? {
    let waits = facts.workers.flatMap(\.outgoing).filter { $0.waitingThreads > 0 }
    guard let first = waits.max(by: { $0.waitingThreads < $1.waitingThreads }) else { return nil }
    let threads = Shown.count(first.waitingThreads, "thread waits", "threads wait")
    return StepReport.Finding(facts.isWaitedFor ? .warning : .fine, "\(threads) for \(Shown.text(first.address)).")
  }

  private static func replaced(_ facts: MachineFacts) -> StepReport.Finding? {
    guard let process = facts.serving.first(where: \.isProgramReplaced) else { return nil }
    return StepReport.Finding(
      .warning, "The program of \(Shown.process(process)) was changed since it was started: it runs the old one.")
  }
}
