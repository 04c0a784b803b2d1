internal import Glibc
internal import SluiceCore
internal import SluiceIncidents

/// One look at what the machine has left, from beginning to end. Counters are read at its beginning and end.
struct ResourceScan {
  /// Between the two readings of a counter, in milliseconds: three periods of a quota on the processor.
  static let sampleMs = 320.0
  /// Notes of the kernel that are older than this, before the moment, explain nothing: 1 day, in milliseconds.
  static let notesAge: Int64 = 86_400_000

  let target: ExaminationTarget
  let listeners: ListenersSeen?
  let logPath: String?
  let moment: Int64
  /// On the monotonic clock in milliseconds.
  let end: Double

  func run() -> ResourcesSeen {
    var seen = ResourcesSeen()
    let began = ProbeClock.milliseconds()
    let reader = cgroupReader(&seen)
    let (before, overflows) = (reader?.seen(), acceptOverflows())
    kernelNotes(&seen)
    machine(&seen)
    ports(&seen)
    seen.disks = disks()
    seen.unit = UnitLook.look(unitName, end: end)
    let rest = began + Self.sampleMs - ProbeClock.milliseconds()
    if rest > 0 { usleep(UInt32(min(rest, Self.sampleMs) * 1000)) }
    if let before, let after = reader?.seen() { seen.cgroup = CgroupReader.later(after, since: before) }
    seen.acceptOverflows = acceptOverflows()?.since(overflows)
    return seen
  }

  // MARK: The process that listens or listened

  /// The one at the endpoint, or the latest that was.
  private var process: Int32? {
    let sockets = (listeners?.here ?? []) + (listeners?.samePort ?? []) + (listeners?.elsewhere ?? [])
    return sockets.compactMap(\.process).first ?? listeners?.processes.first?.process
  }

  private var unitName: String? {
    listeners?.processes.first { $0.process == process }?.unit ?? listeners?.history.first?.unit
  }

  private func cgroupReader(_ seen: inout ResourcesSeen) -> CgroupReader? {
    let mounts = CgroupMounts(SystemFile.text("/proc/self/mountinfo") ?? "")
    func read(_ path: String) -> String? { SystemFile.text(path, bytesMax: 1 << 16) }
    if let process, let text = read(ProcessTable.folder(process) + "/cgroup") {
      return CgroupReader(groups: ControlGroups(text), mounts: mounts, read: read)
    }
    guard let path = listeners?.history.first?.cgroup else { return nil }
    // Of a process that is gone one path is known. It is looked for in each hierarchy.
    var groups = ControlGroups("0::\(path)")
    for controller in ["memory", "cpu", "pids"] { groups.controllers[controller] = path }
    let reader = CgroupReader(groups: groups, mounts: mounts, read: read)
    if reader.seen() == nil { seen.missing.append("The cgroup \(path) is gone, and its counters with it.") }
    return reader
  }

  // MARK: The kernel

  private func kernelNotes(_ seen: inout ResourcesSeen) {
    switch KernelLog.notes(boot: ProbeClock.kernelLogWallMilliseconds(), end: end - Self.sampleMs) {
    case .success(let notes):
      let oldest = moment - Self.notesAge
      seen.kernelNotes = notes.filter { ($0.time ?? .max) >= oldest }
    case .failure(let fault) where fault.isForbidden:
      seen.missing.append(
        "The kernel's log could not be read: that needs root or CAP_SYSLOG, or kernel.dmesg_restrict = 0.")
    case .failure(let fault):
      seen.missing.append("The kernel's log (/dev/kmsg) could not be read: \(fault.words).")
    }
  }

  private func acceptOverflows() -> CounterSeen? {
    SystemFile.text("/proc/net/netstat").flatMap { MachineTexts.netstat("ListenOverflows", $0) }
      .map { CounterSeen(total: $0, lately: 0) }
  }

  private func machine(_ seen: inout ResourcesSeen) {
    func pressure(_ name: String) -> Double? {
      SystemFile.text("/proc/pressure/\(name)").flatMap(MachineTexts.pressure)
    }
    seen.cpuPressure = pressure("cpu")
    seen.memoryPressure = pressure("memory")
    seen.ioPressure = pressure("io")
    if let memory = SystemFile.text("/proc/meminfo") {
      seen.memoryAvailableBytes = MachineTexts.memory("MemAvailable", memory)
      seen.memoryBytes = MachineTexts.memory("MemTotal", memory)
    }
    seen.loadAverage = SystemFile.text("/proc/loadavg").flatMap(MachineTexts.load)
    seen.cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let files = SystemFile.text("/proc/sys/fs/file-nr").map(MachineTexts.numbers) ?? []
    if files.count == 3 { (seen.descriptorsSystem, seen.descriptorsSystemMax) = (files[0], files[2]) }
    func conntrack(_ name: String) -> Int? {
      SystemFile.text("/proc/sys/net/netfilter/nf_conntrack_\(name)").flatMap { MachineTexts.numbers($0).first }
    }
    seen.connectionsTracked = conntrack("count")
    seen.connectionsTrackedMax = conntrack("max")
  }

  // MARK: Ports and disks

  private func ports(_ seen: inout ResourcesSeen) {
    let range = SystemFile.text("/proc/sys/net/ipv4/ip_local_port_range").map(MachineTexts.numbers) ?? []
    guard let port = target.port, range.count == 2, range[1] >= range[0] else { return }
    guard let used = try? MachineSockets.outgoing(to: port).get() else { return }
    // Ports are used up for each address by itself.
    let addresses = Dictionary(grouping: used.filter { range[0]...range[1] ~= Int($0.local.port) }, by: \.remote)
    let host = target.host.flatMap { EndpointAddress($0)?.with(port: port) }
    seen.localPortsUsed = host.map { addresses[$0]?.count ?? 0 } ?? addresses.values.map(\.count).max() ?? 0
    seen.localPortsMax = range[1] - range[0] + 1
  }

  /// Of the process's folder, of its temporary folder, of what it prints to and of its log.
  private func disks() -> [DiskSeen] {
    var paths: [(shown: String, looked: String)] = []
    if let process {
      let folder = ProcessTable.folder(process)
      for (link, isFolder) in [("cwd", true), ("fd/1", false), ("fd/2", false)] {
        guard let target = try? SystemFile.link("\(folder)/\(link)").get(), target.hasPrefix("/"),
          isFolder || !target.hasPrefix("/dev/")
        else { continue }
        paths.append((target, "\(folder)/\(link)"))
      }
      paths.append(("/tmp", folder + "/root" + "/tmp"))
    } else {
      paths.append(("/tmp", "/tmp"))
    }
    if let logPath { paths.append((logPath, logPath)) }
    var devices: Set<UInt> = []
    return paths.compactMap { path in
      guard let status = try? SystemFile.status(path.looked).get(), devices.insert(UInt(status.st_dev)).inserted else {
        return nil
      }
      return Self.disk(path.shown, looked: path.looked)
    }
  }

  static func disk(_ shown: String, looked: String) -> DiskSeen? {
    var space = statvfs()
    guard statvfs(looked, &space) == 0, space.f_blocks > 0 else { return nil }
    let unit = UInt64(space.f_frsize)
    var disk = DiskSeen(
      path: shown, freeBytes: UInt64(space.f_bavail) &* unit, totalBytes: UInt64(space.f_blocks) &* unit)
    disk.freeFiles = space.f_files == 0 ? nil : UInt64(space.f_favail)
    return disk
  }
}
