internal import SluiceIncidents

/// Limits and counters of one cgroup, of either version. A limit may stand at any level above: the tightest counts.
struct CgroupReader {
  /// Limits of version 1 from here on mean none: 2^62 bytes.
  private static let noLimit: UInt64 = 1 << 62

  let groups: ControlGroups
  let mounts: CgroupMounts
  /// The text of a file; nil where it is not there.
  let read: (String) -> String?

  /// One reading; its counters have no `lately` yet. nil where no controller of the cgroup can be read.
  func seen() -> CgroupSeen? {
    guard let path = groups.path else { return nil }
    var seen = CgroupSeen(path: path)
    memory(&seen)
    processor(&seen)
    processes(&seen)
    let isRead = seen.memoryBytes != nil || seen.periods != nil || seen.processes != nil || seen.outOfMemoryKills != nil
    return isRead ? seen : nil
  }

  // MARK: Memory

  private func memory(_ seen: inout CgroupSeen) {
    if let folders = unified, let own = folders.first, has("memory.current", in: folders) {
      seen.memoryBytes = number(own + "/memory.current")
      let limits = folders.compactMap { number($0 + "/memory.max") }
      seen.memoryMaxBytes = limits.min()
      if let events = read(own + "/memory.events"), let kills = Self.value("oom_kill", in: events) {
        seen.outOfMemoryKills = CounterSeen(total: kills, lately: 0)
      }
      return
    }
    guard let folders = folders("memory"), let own = folders.first else { return }
    seen.memoryBytes = number(own + "/memory.usage_in_bytes")
    let limits = folders.compactMap { number($0 + "/memory.limit_in_bytes") }.filter { $0 < Self.noLimit }
    seen.memoryMaxBytes = limits.min()
    if let control = read(own + "/memory.oom_control"), let kills = Self.value("oom_kill", in: control) {
      seen.outOfMemoryKills = CounterSeen(total: kills, lately: 0)
    }
  }

  // MARK: Processor

  private func processor(_ seen: inout CgroupSeen) {
    if let folders = unified, has("cpu.max", in: folders) {
      let quotas = folders.compactMap { folder in
        read(folder + "/cpu.max").flatMap(Self.quota).map { (folder, $0) }
      }
      guard let tightest = quotas.min(by: { $0.1 < $1.1 }) else { return }
      seen.cpuCores = tightest.1
      counters(&seen, read(tightest.0 + "/cpu.stat"), throttledTime: "throttled_usec", perMillisecond: 1000)
      return
    }
    guard let folders = folders("cpu") else { return }
    let quotas = folders.compactMap { folder -> (String, Double)? in
      guard let quota = read(folder + "/cpu.cfs_quota_us").flatMap({ Double($0.trimmed) }), quota > 0,
        let period = read(folder + "/cpu.cfs_period_us").flatMap({ Double($0.trimmed) }), period > 0
      else { return nil }
      return (folder, quota / period)
    }
    guard let tightest = quotas.min(by: { $0.1 < $1.1 }) else { return }
    seen.cpuCores = tightest.1
    counters(&seen, read(tightest.0 + "/cpu.stat"), throttledTime: "throttled_time", perMillisecond: 1_000_000)
  }

  private func counters(_ seen: inout CgroupSeen, _ text: String?, throttledTime: String, perMillisecond: Double) {
    guard let text else { return }
    seen.periods = Self.value("nr_periods", in: text).map { CounterSeen(total: $0, lately: 0) }
    seen.throttledPeriods = Self.value("nr_throttled", in: text).map { CounterSeen(total: $0, lately: 0) }
    seen.throttledMs = Self.value(throttledTime, in: text).map { Double($0) / perMillisecond }
  }

  /// Cores, from `50000 100000`; nil for `max 100000`.
  static func quota(_ text: String) -> Double? {
    let words = text.split { $0 == " " || $0 == "\n" }
    guard words.count == 2, let quota = Double(words[0]), let period = Double(words[1]), period > 0 else { return nil }
    return quota / period
  }

  // MARK: Processes

  private func processes(_ seen: inout CgroupSeen) {
    let folders = unified.flatMap { has("pids.current", in: $0) ? $0 : nil } ?? folders("pids") ?? []
    let limited = folders.compactMap { folder -> (Int, Int)? in
      guard let now = number(folder + "/pids.current"), let max = number(folder + "/pids.max") else { return nil }
      return (Int(clamping: now), Int(clamping: max))
    }
    // The level that is nearest to its limit.
    if let nearest = limited.min(by: { $0.1 - $0.0 < $1.1 - $1.0 }) {
      (seen.processes, seen.processesMax) = nearest
    } else if let own = folders.first {
      seen.processes = number(own + "/pids.current").map { Int(clamping: $0) }
    }
  }

  // MARK: Files

  private var unified: [String]? {
    guard let path = groups.unified, let mount = mounts.unified else { return nil }
    return CgroupMounts.folders(of: path, in: mount)
  }

  private func folders(_ controller: String) -> [String]? {
    guard let path = groups.controllers[controller], let mount = mounts.controllers[controller] else { return nil }
    return CgroupMounts.folders(of: path, in: mount)
  }

  private func has(_ file: String, in folders: [String]) -> Bool {
    folders.first.flatMap { read($0 + "/" + file) } != nil
  }

  /// nil for `max`, and where the file is not there.
  private func number(_ path: String) -> UInt64? { read(path).flatMap { UInt64($0.trimmed) } }

  /// The number behind a label at the beginning of a line, as in `oom_kill 3`.
  static func value(_ label: String, in text: String) -> UInt64? {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, words[0] == label { return UInt64(words[1]) }
    }
    return nil
  }

  /// The later of two readings, with how far the counters rose.
  static func later(_ seen: CgroupSeen, since before: CgroupSeen) -> CgroupSeen {
    var later = seen
    later.outOfMemoryKills = later.outOfMemoryKills?.since(before.outOfMemoryKills)
    later.periods = later.periods?.since(before.periods)
    later.throttledPeriods = later.throttledPeriods?.since(before.throttledPeriods)
    return later
  }
}

extension CounterSeen {
  /// A counter that fell was begun anew, and nothing is known of how far it rose.
  func since(_ before: CounterSeen?) -> CounterSeen {
    guard let before, total >= before.total else { return self }
    return CounterSeen(total: total, lately: total - before.total)
  }
}

extension StringProtocol {
  /// Without spaces and line ends around it.
  var trimmed: Substring {
    var part = Substring(self)
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return part
  }
}
