internal import SluiceIncidents

/// What the machine and the cgroup have left.
enum ResourceStep {
  /// Notes of the kernel that are told, and how old they may be, in milliseconds: 1 hour.
  private static let notesMax = 3
  private static let notesAge: Int64 = 3_600_000

  static func findings(_ examination: Examination) -> [StepReport.Finding] {
    guard let resources = examination.resources?.value else {
      return [StepReport.absence(of: examination.resources, what: "What the machine has left")].compactMap { $0 }
    }
    let found =
      notes(resources, examination) + cgroup(resources) + machine(resources) + tables(resources)
      + disks(resources) + unit(resources)
    let order: [StepReport.Mark] = [.failing, .warning, .fine]
    let sorted = order.flatMap { mark in found.filter { $0.mark == mark } }
    return sorted + resources.missing.map { StepReport.Finding(.notRun, Shown.clipped($0, to: Shown.sentenceMax)) }
  }

  private static func notes(_ resources: ResourcesSeen, _ examination: Examination) -> [StepReport.Finding] {
    let now = examination.time
    let recent = resources.kernelNotes.filter { note in note.time.map { now - $0 <= notesAge } ?? false }
    let own = recent.filter { isOfEndpoint($0, examination) }
    let findings = own.prefix(notesMax).map { note in
      let when = note.time.map { " at \(Shown.clock($0))" } ?? ""
      return StepReport.Finding(.warning, "The kernel said\(when): \(Shown.text(note.text, limit: 140))")
    }
    guard own.count < recent.count else { return findings }
    let count = Shown.count(recent.count - own.count, "note", "notes")
    return findings + [StepReport.Finding(.fine, "The kernel has \(count) on other programs.")]
  }

  /// Of a process that listens or listened here, of its cgroup, or of the whole machine.
  private static func isOfEndpoint(_ note: KernelNote, _ examination: Examination) -> Bool {
    guard let process = note.process else { return true }
    let listeners = examination.listeners?.value
    let known = (listeners?.processes.map(\.process) ?? []) + (listeners?.history.map(\.process) ?? [])
    if known.contains(process) { return true }
    guard let cgroup = note.cgroup, cgroup != "/" else { return false }
    return cgroup == examination.resources?.value?.cgroup?.path
      || listeners?.history.contains { $0.cgroup == cgroup } == true
  }

  // MARK: The cgroup

  private static func cgroup(_ resources: ResourcesSeen) -> [StepReport.Finding] {
    guard let cgroup = resources.cgroup else { return [] }
    var findings: [StepReport.Finding] = []
    if let used = cgroup.memoryBytes, let max = cgroup.memoryMaxBytes, max > 0 {
      let isFull = Double(used) >= 0.97 * Double(max)
      findings.append(
        StepReport.Finding(isFull ? .warning : .fine, "Its cgroup uses \(Shown.size(used)) of \(Shown.size(max)).")
      )
    }
    if let kills = cgroup.outOfMemoryKills, kills.total > 0 {
      let lately = kills.lately > 0 ? ", \(kills.lately) of them during the look" : ""
      findings.append(
        StepReport.Finding(
          .warning,
          "Its cgroup counts \(Shown.count(Int(clamping: kills.total), "kill", "kills")) for want of memory\(lately).")
      )
    }
    if let cores = cgroup.cpuCores, let periods = cgroup.periods, let throttled = cgroup.throttledPeriods {
      let isThrottled = throttled.lately > 0
      let text =
        "Its quota of \(hundredths(cores)) cores held it back in \(throttled.lately) of \(periods.lately) periods"
      findings.append(
        StepReport.Finding(isThrottled ? .failing : .fine, text + ", in \(throttled.total) of \(periods.total) in all.")
      )
    }
    if let now = cgroup.processes, let max = cgroup.processesMax {
      findings.append(
        StepReport.Finding(now * 100 >= max * 97 ? .failing : .fine, "Its cgroup has \(now) of \(max) processes."))
    }
    return findings
  }

  private static func hundredths(_ value: Double) -> String {
    let hundredths = Int((min(max(value, 0), 1e6) * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100)" + (rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)")
  }

  // MARK: The machine

  private static func machine(_ resources: ResourcesSeen) -> [StepReport.Finding] {
    var findings: [StepReport.Finding] = []
    if let available = resources.memoryAvailableBytes, let all = resources.memoryBytes, all > 0 {
      let isShort = Double(available) < 0.03 * Double(all)
      findings.append(
        StepReport.Finding(
          isShort ? .failing : .fine, "The machine has \(Shown.size(available)) of \(Shown.size(all)) memory left."))
    }
    if let load = resources.loadAverage, let cores = resources.cores {
      findings.append(
        StepReport.Finding(
          load > 2 * Double(cores) ? .warning : .fine,
          "The load is \(hundredths(load)) on \(Shown.count(cores, "core", "cores"))."))
    }
    let pressures = [
      ("the processor", resources.cpuPressure), ("memory", resources.memoryPressure), ("disks", resources.ioPressure),
    ]
    for (name, pressure) in pressures {
      guard let pressure, pressure >= 20 else { continue }
      findings.append(
        StepReport.Finding(.warning, "Programs waited for \(name) in \(Int(pressure)) % of the last ten seconds."))
    }
    return findings
  }

  private static func tables(_ resources: ResourcesSeen) -> [StepReport.Finding] {
    var findings: [StepReport.Finding] = []
    if let overflows = resources.acceptOverflows {
      let mark: StepReport.Mark = overflows.lately > 0 ? .failing : .fine
      let text =
        overflows.lately > 0
        ? "\(overflows.lately) connections found a full accept queue during the look."
        : "No connection found a full accept queue during the look (\(overflows.total) since the machine's start)."
      findings.append(StepReport.Finding(mark, text))
    }
    let uses = [
      ("local ports to the endpoint", resources.localPortsUsed, resources.localPortsMax),
      ("tracked connections", resources.connectionsTracked, resources.connectionsTrackedMax),
      ("open files of the machine", resources.descriptorsSystem, resources.descriptorsSystemMax),
    ]
    for (name, used, max) in uses {
      guard let used, let max, max > 0 else { continue }
      let share = Double(used) / Double(max)
      findings.append(
        StepReport.Finding(share >= 0.97 ? .failing : share >= 0.8 ? .warning : .fine, "\(used) of \(max) \(name)."))
    }
    return findings
  }

  private static func disks(_ resources: ResourcesSeen) -> [StepReport.Finding] {
    resources.disks.map { disk in
      let path = Shown.text(disk.path, limit: 80)
      if disk.freeFiles == 0 { return StepReport.Finding(.failing, "The disk of \(path) has no inode left.") }
      let share = disk.totalBytes > 0 ? Double(disk.freeBytes) / Double(disk.totalBytes) : 1
      let mark: StepReport.Mark = disk.freeBytes < 1 << 20 ? .failing : share < 0.05 ? .warning : .fine
      return StepReport.Finding(
        mark, "The disk of \(path) has \(Shown.size(disk.freeBytes)) of \(Shown.size(disk.totalBytes)) free.")
    }
  }

  private static func unit(_ resources: ResourcesSeen) -> [StepReport.Finding] {
    guard let unit = resources.unit else { return [] }
    var words = "systemd: \(Shown.text(unit.name)) is \(Shown.text(unit.activeState))"
    if let result = unit.result, result != "success" { words += ", its result was \(Shown.text(result))" }
    if let restarts = unit.restarts, restarts > 0 { words += ", \(Shown.count(restarts, "restart", "restarts"))" }
    return [StepReport.Finding(unit.activeState == "active" ? .fine : .failing, words + ".")]
  }
}
