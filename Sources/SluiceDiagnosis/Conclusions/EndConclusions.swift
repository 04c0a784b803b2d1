internal import SluiceCore
internal import SluiceIncidents

/// What the end of a process explains.
enum EndConclusions {
  static func conclusion(_ sighting: ProcessSighting, _ facts: MachineFacts) -> Conclusion? {
    if let signal = sighting.signal {
      return SignalName.isFault(signal)
        ? fault(sighting, signal, facts) : killed(sighting, signal, facts)
    }
    if let status = sighting.exitStatus { return exited(sighting, status, facts) }
    return unit(sighting, facts) ?? unknown(sighting, facts)
  }

  private static func evidence(_ sighting: ProcessSighting, _ facts: MachineFacts) -> [String] {
    let ran = sighting.endedAt.map { Shown.span(from: sighting.startedAt ?? sighting.firstSeen, to: $0) }
    let end = Shown.process(sighting).capitalizedFirst + " " + Shown.end(sighting)
    return [
      sighting.endedAt.map { "\(end), \(Shown.span(from: $0, to: facts.now)) ago." },
      ran.map { "It had run for \($0): \(Shown.text(sighting.command))." },
    ].compactMap { $0 }
  }

  private static func ago(_ sighting: ProcessSighting, _ facts: MachineFacts) -> String {
    sighting.endedAt.map { " \(Shown.span(from: $0, to: facts.now)) ago" } ?? ""
  }

  // MARK: Signals

  private static func killed(_ sighting: ProcessSighting, _ signal: Int32, _ facts: MachineFacts) -> Conclusion {
    // SIGKILL is also what the kernel sends when memory runs out; that it did not has to be known.
    let mayBeMemory = sighting.isOutOfMemory == true || (sighting.cgroupKills ?? 0) > 0
    let isKnown = signal != 9 || sighting.isOutOfMemory == false || sighting.cgroupKills == 0
    let isAsked = [1, 2, 15].contains(signal)
    let name = SignalName.of(signal)
    return Conclusion(
      "The application is gone: \(Shown.process(sighting)) was ended by \(name)\(ago(sighting, facts))",
      next: isAsked
        ? "Start it again; \(name) is a request to end, from a person, a script or a supervisor."
        : "Start it again, and find out who sent \(name): a person, a supervisor's time limit, or a script.",
      .root(
        .processKilled, mayBeMemory || !isKnown ? .likely : .certain,
        evidence(sighting, facts)
          + [
            isKnown ? nil : "Whether the kernel did it for want of memory is not known: its log could not be read.",
            sighting.isOutOfMemory == false && signal == 9 ? "The kernel has not killed it for want of memory." : nil,
          ].compactMap { $0 }))
  }

  private static func fault(_ sighting: ProcessSighting, _ signal: Int32, _ facts: MachineFacts) -> Conclusion {
    let note = facts.resources?.kernelNotes.first { note in
      note.kind == .fault && (note.process == sighting.process || isNear(note.time, sighting.endedAt))
    }
    return Conclusion(
      "The application crashed: \(Shown.process(sighting)) ended by \(SignalName.of(signal))\(ago(sighting, facts))",
      next: "Start it again and look at its core dump (coredumpctl) and the last lines of its log.",
      .root(
        .programFault, signal == 6 ? .likely : .certain,
        evidence(sighting, facts) + [note.map { "The kernel: \(Shown.text($0.text, limit: 140))" }].compactMap { $0 }),
      checks: [.applicationLog])
  }

  private static func isNear(_ time: Int64?, _ other: Int64?) -> Bool {
    guard let time, let other else { return false }
    return abs(time - other) <= 2_000
  }

  // MARK: Without a signal

  private static func exited(_ sighting: ProcessSighting, _ status: Int32, _ facts: MachineFacts) -> Conclusion {
    let caught =
      status > 128 && status < 160 ? "Status \(status) often stands for \(SignalName.of(status - 128))." : nil
    return Conclusion(
      "The application is gone: \(Shown.process(sighting)) exited by itself with status \(status)"
        + ago(sighting, facts),
      next: status == 0
        ? "See why it ended: status 0 says that it meant to." : "See in its log why it ended, then start it again.",
      .root(.applicationExited, .certain, evidence(sighting, facts) + [caught].compactMap { $0 }),
      checks: [.applicationLog])
  }

  /// What systemd knows of a process of its own.
  private static func unit(_ sighting: ProcessSighting, _ facts: MachineFacts) -> Conclusion? {
    guard let unit = facts.resources?.unit, unit.name == sighting.unit, unit.activeState != "active" else { return nil }
    let told = "systemd: \(Shown.text(unit.name)) is \(Shown.text(unit.activeState)), \(Shown.text(unit.result ?? ""))."
    let name = Shown.text(unit.name)
    switch unit.result {
    case "signal", "core-dump", "watchdog":
      let signal = unit.exitStatus ?? 0
      return Conclusion(
        "The application is gone: \(name) was ended by \(SignalName.of(signal))",
        next: "Look at `journalctl -u \(name)`, then start it again.",
        .root(SignalName.isFault(signal) ? .programFault : .processKilled, .certain, [told]))
    case "exit-code":
      return Conclusion(
        "The application is gone: \(name) exited with status \(unit.exitStatus ?? 0)",
        next: "Look at `journalctl -u \(name)`, then start it again.", .root(.applicationExited, .certain, [told]),
        checks: [.applicationLog])
    case "success":
      return Conclusion(
        "The application is not running: \(name) was stopped",
        next: "Start it: `systemctl start \(name)`.", .root(.applicationExited, .certain, [told]))
    default: return nil
    }
  }

  private static func unknown(_ sighting: ProcessSighting, _ facts: MachineFacts) -> Conclusion {
    let seen =
      "\(Shown.process(sighting).capitalizedFirst) was last seen \(Shown.span(from: sighting.lastSeen, to: facts.now)) ago."
    return Conclusion(
      "The application is gone: \(Shown.process(sighting)) has ended, and it is not known how",
      next: "See in its log why it ended, then start it again.",
      .root(
        .applicationExited, .possible, [seen, "How a process ended is told by Linux 6.15 and later, or by systemd."]),
      checks: [.applicationLog, .resources])
  }
}
