internal import SluiceCore
internal import SluiceIncidents

/// What the machine, the cgroup and the kernel explain.
enum ResourceConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] {
    let facts = MachineFacts(examination)
    guard facts.resources != nil || facts.listeners != nil else { return [] }
    return MemoryConclusions.killed(facts) + reasons(facts)
  }

  /// Limits that are met now.
  static func reasons(_ facts: MachineFacts) -> [Conclusion] {
    [
      throttled(facts), descriptors(facts), systemDescriptors(facts), MemoryConclusions.pressure(facts),
      connectionTable(facts), localPorts(facts),
    ].compactMap { $0 } + disks(facts)
  }

  // MARK: The processor

  /// Share of the periods in which a quota was used up that counts as throttled.
  private static let throttledShare = 0.3

  static func isThrottled(_ facts: MachineFacts) -> Bool { (throttledRatio(facts) ?? 0) >= throttledShare }

  private static func throttledRatio(_ facts: MachineFacts) -> Double? {
    guard let cgroup = facts.resources?.cgroup, cgroup.cpuCores != nil, let periods = cgroup.periods?.lately,
      let throttled = cgroup.throttledPeriods?.lately, periods > 0
    else { return nil }
    return Double(throttled) / Double(periods)
  }

  private static func throttled(_ facts: MachineFacts) -> Conclusion? {
    guard let ratio = throttledRatio(facts), ratio >= throttledShare, let cgroup = facts.resources?.cgroup,
      let cores = cgroup.cpuCores, let periods = cgroup.periods?.lately, let throttled = cgroup.throttledPeriods?.lately
    else { return nil }
    let sure: Sureness = ratio >= 0.5 ? .certain : .likely
    return Conclusion(
      "The processor quota of the application is used up: \(amount(cores)), throttled in \(throttled) of \(periods) periods",
      next: "Raise the quota (CPUQuota=, cpu.max, limits.cpu), or find out what computes so much.",
      .root(
        .cpuThrottled, facts.sure(sure),
        [
          "\(throttled) of the last \(periods) periods were throttled in \(Shown.text(cgroup.path)).",
          "The quota is \(amount(cores)).", facts.cpuShare.map { "The process uses \(Shown.share($0))." },
          cgroup.throttledMs.map { "It was held back for \(Shown.duration($0)) in all." },
        ]))
  }

  private static func amount(_ cores: Double) -> String {
    let tenths = Int((min(cores, 1e6) * 100).rounded())
    let text = tenths % 100 == 0 ? "\(tenths / 100)" : "0.\(tenths)"
    return tenths >= 100 && tenths % 100 != 0 ? "\(tenths / 100).\(tenths % 100 / 10) cores" : "\(text) cores"
  }

  // MARK: Descriptors, tables, ports

  private static func descriptors(_ facts: MachineFacts) -> Conclusion? {
    let full = facts.serving.first { process in
      guard let used = process.descriptors, let max = process.descriptorsMax else { return false }
      return used * 100 >= max * 97
    }
    guard let full, let used = full.descriptors, let max = full.descriptorsMax else { return nil }
    return Conclusion(
      "\(Shown.process(full).capitalizedFirst) has \(used) of \(max) files and connections open, and can open no more",
      next: "Raise LimitNOFILE (ulimit -n), and see whether it leaves files or connections open that it should close.",
      .root(
        .descriptorsExhausted, facts.sure(used >= max ? .certain : .likely),
        [
          "It has \(used) of \(max) descriptors open.",
          facts.queued > 0 ? "\(facts.queued) connections wait to be accepted, which takes one each." : nil,
          full.acceptedCount.map { "\($0) of them are connections of the port." },
        ]))
  }

  private static func systemDescriptors(_ facts: MachineFacts) -> Conclusion? {
    guard let used = facts.resources?.descriptorsSystem, let max = facts.resources?.descriptorsSystemMax, max > 0,
      Double(used) >= 0.98 * Double(max)
    else { return nil }
    return Conclusion(
      "The machine has \(used) of \(max) files open, and can open hardly more",
      next: "Raise fs.file-max, and see which process has so many open: `lsof | awk '{print $2}' | sort | uniq -c`.",
      .root(.descriptorsExhausted, facts.sure(.likely), ["\(used) of \(max) files of the whole machine are open."]))
  }

  private static func connectionTable(_ facts: MachineFacts) -> Conclusion? {
    guard let resources = facts.resources else { return nil }
    let note = resources.kernelNotes.first { note in
      note.kind == .connectionTableFull && note.time.map { facts.now - $0 <= MachineFacts.recently } ?? false
    }
    let isFull: Bool
    if let used = resources.connectionsTracked, let max = resources.connectionsTrackedMax, max > 0 {
      isFull = Double(used) >= 0.99 * Double(max)
    } else {
      isFull = false
    }
    guard isFull || note != nil else { return nil }
    return Conclusion(
      "The kernel's table of tracked connections is full, so that new connections are dropped",
      next: "Raise net.netfilter.nf_conntrack_max, or take the endpoint's connections out of tracking.",
      .root(
        .connectionTableFull, facts.sure(isFull && note != nil ? .certain : .likely),
        [
          resources.connectionsTracked.flatMap { used in
            resources.connectionsTrackedMax.map { "\(used) of \($0) connections are tracked." }
          },
          note.map { "The kernel: \(Shown.text($0.text, limit: 140))" },
        ]))
  }

  private static func localPorts(_ facts: MachineFacts) -> Conclusion? {
    guard let used = facts.resources?.localPortsUsed, let max = facts.resources?.localPortsMax, max > 0,
      used * 100 >= max * 97
    else { return nil }
    return Conclusion(
      "This machine has used \(used) of \(max) local ports for connections to \(facts.place)",
      next: "Let connections be reused, add endpoints or addresses, or widen net.ipv4.ip_local_port_range.",
      .observed(.localPortsExhausted, facts.sure(.likely), ["\(used) of \(max) local ports are in use."]))
  }

  // MARK: Disks

  /// Bytes that a full disk may have left: what is kept for root, or less than a page of a log.
  private static let freeMin: UInt64 = 1 << 20

  private static func disks(_ facts: MachineFacts) -> [Conclusion] {
    let full = (facts.resources?.disks ?? []).filter { $0.freeBytes < freeMin || $0.freeFiles == 0 }
    return full.map { disk in
      let path = Shown.text(disk.path, limit: 80)
      let what = disk.freeBytes < freeMin ? "\(Shown.size(disk.freeBytes)) free" : "no inode free"
      return Conclusion(
        "The disk of \(path) is full (\(what) of \(Shown.size(disk.totalBytes)))",
        next: "Make room: `df -h \(path)`, `df -i \(path)`, then `du -x` for what takes it.",
        .root(.diskFull, facts.sure(.likely), ["The disk of \(path) has \(what)."]))
    }
  }
}
