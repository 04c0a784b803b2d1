internal import CLinux
internal import Glibc
internal import SluiceIncidents

/// A process whose end is waited for, by a descriptor that stands for it.
///
/// The descriptor is readable when the process has ended, and hung up when its parent has asked how; from then on the
/// kernel tells others, too (Linux 6.15). Until then `/proc` has it, for those who may trace the process.
struct WatchedProcess {
  /// How long a parent is waited for to ask how its child ended, in milliseconds.
  static let reapingMax: Int64 = 5_000

  let process: Int32
  /// -1: the kernel has none to give; then `/proc` is looked at.
  let descriptor: Int32
  private let startTicks: UInt64
  private let cgroup: CgroupReader?
  private let killsBefore: UInt64?
  private let seenAt: Int64
  /// Unix time in milliseconds.
  private(set) var endedAt: Int64?
  private(set) var end = ProcessEnd()

  /// nil where it has ended already.
  init?(_ process: Int32, mounts: CgroupMounts, at now: Int64) {
    self.process = process
    descriptor = sluice_process_descriptor(process)
    guard let stat = ProcessTable.stat(process) else {
      if descriptor >= 0 { close(descriptor) }
      return nil
    }
    startTicks = stat.startTicks
    let groups = SystemFile.text(ProcessTable.folder(process) + "/cgroup", bytesMax: 1 << 16).map { ControlGroups($0) }
    cgroup = groups.map { groups in
      CgroupReader(groups: groups, mounts: mounts, read: { SystemFile.text($0, bytesMax: 1 << 16) })
    }
    killsBefore = cgroup?.seen()?.outOfMemoryKills?.total
    seenAt = now
  }

  func finish() {
    if descriptor >= 0 { close(descriptor) }
  }

  /// What is polled for: its end, then that its parent has asked.
  var polled: pollfd { pollfd(fd: descriptor, events: endedAt == nil ? Int16(POLLIN) : 0, revents: 0) }

  var isEnding: Bool { endedAt != nil }

  /// Looks where it stands.
  ///
  /// - Returns: whether something new is known of its end.
  mutating func look(_ events: Int16, at now: Int64) -> Bool {
    let stat = ProcessTable.stat(process)
    let isGone = stat.map { $0.startTicks != startTicks } ?? true
    let hasEnded = events & Int16(POLLIN | POLLHUP) != 0 || isGone || stat?.state == "Z"
    guard hasEnded else { return false }
    let isFirst = endedAt == nil
    let endedAt = endedAt ?? now
    self.endedAt = endedAt
    let before = end
    if let status = status(stat, isGone: isGone) { end = ProcessEnd(status: status) }
    let isReaped = events & Int16(POLLHUP) != 0 || isGone
    end.isFinal = isReaped || now - endedAt >= Self.reapingMax
    if isFirst || (end.isKnown && !before.isKnown) || end.isFinal { explain() }
    return isFirst || end != before || end.isFinal
  }

  private func status(_ stat: ProcessStat?, isGone: Bool) -> Int32? {
    var status: Int32 = 0
    if descriptor >= 0, sluice_process_end(descriptor, &status) == 0 { return status }
    // 0 also stands there for those who may not know; root always may.
    guard !isGone, let code = stat?.exitCode, stat?.state == "Z", code != 0 || geteuid() == 0 else { return nil }
    return code
  }

  /// Whether memory was the reason: the kernel's own word, and the counter of its cgroup.
  private mutating func explain() {
    guard end.signal == nil || end.signal == SIGKILL else {
      end.isOutOfMemory = false
      return
    }
    guard end.exitStatus == nil else {
      end.isOutOfMemory = false
      return
    }
    if let killsBefore, let kills = cgroup?.seen()?.outOfMemoryKills?.total {
      end.cgroupKills = kills >= killsBefore ? kills - killsBefore : nil
    }
    let boot = ProbeClock.kernelLogWallMilliseconds()
    guard let notes = try? KernelLog.notes(boot: boot, end: ProbeClock.milliseconds() + 200).get() else { return }
    end.isOutOfMemory = notes.contains { note in
      // The kernel's clock and the wall clock may differ a little.
      note.kind == .outOfMemoryKill && note.process == process && (note.time ?? 0) >= seenAt - 5_000
    }
  }
}
