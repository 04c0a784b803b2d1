internal import SluiceIncidents

/// All processes of the machine at one moment: who holds which socket, and who is whose parent.
struct ProcessSample {
  private(set) var stats: [Int32: ProcessStat] = [:]
  private(set) var children: [Int32: [Int32]] = [:]
  /// By the inode of a socket; a process whose parent holds it too comes after that.
  private(set) var owners: [UInt64: [Int32]] = [:]
  /// Processes whose descriptors may not be read.
  private(set) var forbidden = 0
  /// Whether the time was over before all were looked at.
  private(set) var isCut = false
  let ownCgroup: String?
  private let boot = ProbeClock.bootWallMilliseconds()

  /// - Parameter end: on the monotonic clock, in milliseconds; what is not read by then is left out.
  init(end: Double) {
    ownCgroup = SystemFile.text("/proc/self/cgroup", bytesMax: 1 << 16).flatMap { ControlGroups($0).path }
    for process in ProcessTable.all() {
      guard let stat = ProcessTable.stat(process) else { continue }
      stats[process] = stat
      children[stat.parent, default: []].append(process)
      guard ProbeClock.milliseconds() < end else {
        isCut = true
        continue
      }
      switch ProcessTable.sockets(of: process) {
      case .success(let found):
        for inode in Set(found.sockets.values) { owners[inode, default: []].append(process) }
      case .failure(let fault):
        if fault.isForbidden { forbidden += 1 }
      }
    }
    for (inode, holders) in owners where holders.count > 1 {
      let parents = holders.filter { holder in stats[holder].map { !holders.contains($0.parent) } ?? true }
      owners[inode] = parents + holders.filter { !parents.contains($0) }
    }
  }

  func identity(_ process: Int32) -> ProcessSeen {
    guard let stat = stats[process] else {
      return ProcessSeen(process: process, name: "", command: "", state: .other)
    }
    return ProcessFacts.identity(stat, boot: boot)
  }

  /// Their children, and their parents where those are not process 1.
  func family(of processes: [Int32]) -> Set<Int32> {
    var family = Set(processes)
    for process in processes {
      family.formUnion(children[process] ?? [])
      if let parent = stats[process]?.parent, parent > 1, stats[parent]?.name == stats[process]?.name {
        family.insert(parent)
      }
    }
    return family
  }

  // MARK: The use of the processor

  struct Ticks {
    var at: Double
    var byProcess: [Int32: UInt64]
    /// Nanoseconds for which each main thread has waited for a processor.
    var waited: [Int32: UInt64]
  }

  func ticks(of processes: [Int32]) -> Ticks {
    var ticks: [Int32: UInt64] = [:]
    var waited: [Int32: UInt64] = [:]
    for process in processes {
      ticks[process] = ProcessTable.stat(process)?.cpuTicks
      waited[process] = SystemFile.text("/proc/\(process)/schedstat").flatMap(ProcessTexts.waitedForProcessor)
    }
    return Ticks(at: ProbeClock.milliseconds(), byProcess: ticks, waited: waited)
  }

  /// Of one core: what each has used, and what it would have used had there always been one for its main thread.
  func shares(since before: Ticks) -> [Int32: (used: Double, wanted: Double)] {
    let now = ticks(of: Array(before.byProcess.keys))
    let seconds = max(now.at - before.at, 1) / 1000
    return before.byProcess.reduce(into: [:]) { shares, entry in
      guard let later = now.byProcess[entry.key], later >= entry.value else { return }
      let used = Double(later - entry.value) / Double(ProcessTable.ticksPerSecond) / seconds
      let waits = (before.waited[entry.key], now.waited[entry.key])
      var waited = 0.0
      if let first = waits.0, let last = waits.1, last >= first { waited = Double(last - first) / 1e9 / seconds }
      shares[entry.key] = (used, used + waited)
    }
  }
}
