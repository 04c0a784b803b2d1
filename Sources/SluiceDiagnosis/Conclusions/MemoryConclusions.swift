internal import SluiceCore
internal import SluiceIncidents

/// What the want of memory explains.
enum MemoryConclusions {
  // MARK: Kills

  static func killed(_ facts: MachineFacts) -> [Conclusion] {
    if let sighting = victims(facts).first { return [known(sighting, facts)] }
    if let counted = counted(facts) { return [counted] }
    return [noted(facts)].compactMap { $0 }
  }

  /// Those of which the kernel says that it killed this very process.
  private static func victims(_ facts: MachineFacts) -> [ProcessSighting] {
    (facts.endedRecently + facts.workersEndedRecently + [facts.last].compactMap { $0 }).filter { sighting in
      sighting.endedAt != nil && (sighting.isOutOfMemory == true || note(of: sighting, facts) != nil)
    }
  }

  /// The kernel's note of a kill, by the number of the process and the time of its end.
  private static func note(of sighting: ProcessSighting, _ facts: MachineFacts) -> KernelNote? {
    facts.resources?.kernelNotes.first { note in
      guard note.kind == .outOfMemoryKill, note.process == sighting.process else { return false }
      guard let time = note.time, let end = sighting.endedAt ?? Optional(sighting.lastSeen) else { return false }
      return abs(time - end) <= 10_000
    }
  }

  private static func known(_ sighting: ProcessSighting, _ facts: MachineFacts) -> Conclusion {
    let note = note(of: sighting, facts)
    let ago = sighting.endedAt.map { " \(Shown.span(from: $0, to: facts.now)) ago" } ?? ""
    let cgroup = facts.resources?.cgroup
    let limit = cgroup?.memoryMaxBytes.map { ", of which its cgroup may have \(Shown.size($0))" } ?? ""
    // Where it is there again, what fails now may have another reason.
    let isShort = sighting.isWorker && facts.suffers != false
    let sure: Sureness = facts.here.isEmpty ? .certain : isShort ? .likely : .possible
    return Conclusion(
      "The kernel killed \(Shown.process(sighting))\(ago) because memory ran out\(limit)",
      next: "Start it again with more memory (MemoryMax=, limits.memory), and find out what took so much of it.",
      .root(
        .outOfMemoryKilled, sure,
        [
          note.map { "The kernel: \(Shown.text($0.text, limit: 160))" } ?? "The kernel's log names this process.",
          sighting.signal.map { "It was ended by \(SignalName.of($0))." },
          cgroup?.outOfMemoryKills.map { "\(Shown.text(cgroup?.path ?? "")) counts \($0.total) kills in all." },
        ]))
  }

  /// Its cgroup counted a kill while it ran, and it was ended by SIGKILL or nobody knows how.
  private static func counted(_ facts: MachineFacts) -> Conclusion? {
    if facts.here.isEmpty, let last = facts.last, let kills = last.cgroupKills, kills > 0,
      last.signal == 9 || last.signal == nil && last.exitStatus == nil
    {
      return Conclusion(
        "The kernel very probably killed \(Shown.process(last)): its cgroup counted a kill for want of memory",
        next: "Start it again with more memory (MemoryMax=, limits.memory), and find out what took so much of it.",
        .root(
          .outOfMemoryKilled, .likely,
          ["Its cgroup counted \(Shown.count(Int(clamping: kills), "kill", "kills")) for want of memory while it ran."])
      )
    }
    guard let unit = facts.resources?.unit, unit.result == "oom-kill", facts.here.isEmpty else { return nil }
    return Conclusion(
      "The kernel killed \(Shown.text(unit.name)) because memory ran out",
      next: "Start it again with more memory (MemoryMax=), and find out what took so much of it.",
      .root(.outOfMemoryKilled, .certain, ["systemd: \(Shown.text(unit.name)) ended with the result oom-kill."]))
  }

  /// Nothing is known of who listened here, and the kernel killed something not long ago.
  private static func noted(_ facts: MachineFacts) -> Conclusion? {
    guard let listeners = facts.listeners, listeners.here.isEmpty, listeners.history.isEmpty, facts.connects != true,
      let note = facts.resources?.kernelNotes.first(where: { $0.kind == .outOfMemoryKill }), let time = note.time,
      facts.now - time <= MachineFacts.recently
    else { return nil }
    let victim = Shown.process(note.process ?? 0, note.name ?? "")
    return Conclusion(
      "Nothing listens at \(facts.place), and the kernel killed \(victim) \(Shown.span(from: time, to: facts.now)) ago",
      next: "See whether \(victim) was the application; then give it more memory and start it again.",
      .root(.outOfMemoryKilled, .possible, ["The kernel: \(Shown.text(note.text, limit: 160))"]))
  }

  // MARK: Pressure

  /// Percent of the time in which something waited for memory.
  private static let pressureMin = 20.0

  static func pressure(_ facts: MachineFacts) -> Conclusion? {
    guard let resources = facts.resources else { return nil }
    var evidence: [String] = []
    if let cgroup = resources.cgroup, let used = cgroup.memoryBytes, let max = cgroup.memoryMaxBytes, max > 0,
      Double(used) >= 0.97 * Double(max)
    {
      evidence.append("\(Shown.text(cgroup.path)) uses \(Shown.size(used)) of \(Shown.size(max)).")
    }
    if let available = resources.memoryAvailableBytes, let all = resources.memoryBytes, all > 0,
      Double(available) < 0.03 * Double(all)
    {
      evidence.append("The machine has \(Shown.size(available)) of \(Shown.size(all)) left.")
    }
    let waits = resources.memoryPressure.map { $0 >= pressureMin } ?? false
    if waits, let pressure = resources.memoryPressure {
      evidence.append("Programs waited for memory in \(Int(pressure)) % of the last ten seconds.")
    }
    guard let first = evidence.first else { return nil }
    // A page cache fills a cgroup to its limit and does no harm: only waiting does.
    return Conclusion(
      "Memory is short: \(first.dropLast())",
      next: "Give the application more memory, or find out what takes it: `ps aux --sort -rss | head`.",
      .root(.memoryPressure, waits ? facts.sure(.likely) : .possible, evidence))
  }
}
