internal import Glibc
internal import SluiceIncidents

/// The facts of one process, from its files in `/proc`.
enum ProcessFacts {
  /// What tells one program from another; costs five small files.
  static func identity(_ stat: ProcessStat, boot: Int64) -> ProcessSeen {
    let folder = ProcessTable.folder(stat.process)
    let line = (try? SystemFile.bytes(folder + "/cmdline", bytesMax: CommandText.bytesMax).get()) ?? []
    let command = CommandText.text(line)
    var seen = ProcessSeen(
      process: stat.process, name: stat.name, command: command.isEmpty ? "[\(stat.name)]" : command,
      state: ProcessTable.state(stat.state))
    seen.startedAt = ProcessTable.startedAt(stat, boot: boot)
    seen.parent = stat.parent == 0 ? nil : stat.parent
    seen.threads = stat.threads
    if let link = try? SystemFile.link(folder + "/exe").get() {
      seen.program = link.hasSuffix(deleted) ? String(link.dropLast(deleted.count)) : link
      seen.isProgramReplaced = link.hasSuffix(deleted)
    }
    if let text = SystemFile.text(folder + "/cgroup", bytesMax: 1 << 16) {
      let groups = ControlGroups(text)
      seen.cgroup = groups.path
      seen.container = groups.container
      seen.unit = groups.unit
    }
    return seen
  }

  private static let deleted = " (deleted)"

  /// The rest: owner, memory, limits, where it waits. Descriptors and connections are the caller's.
  static func complete(_ seen: inout ProcessSeen) {
    let folder = ProcessTable.folder(seen.process)
    if let status = SystemFile.text(folder + "/status", bytesMax: 1 << 16) {
      seen.user = ProcessTexts.number("Uid", inStatus: status).map { ProcessTable.user(UInt32(truncatingIfNeeded: $0)) }
      seen.residentBytes = ProcessTexts.number("VmRSS", inStatus: status).map { $0 << 10 }
    }
    if let limits = SystemFile.text(folder + "/limits", bytesMax: 1 << 16) {
      seen.descriptorsMax = ProcessTexts.openFilesMax(limits)
    }
    seen.parentName = seen.parent.flatMap { ProcessTable.stat($0)?.name }
    if let channel = SystemFile.text(folder + "/wchan", bytesMax: 256), !channel.isEmpty, channel != "0" {
      seen.waitsIn = channel
    }
    if let changed = programChangedAt(seen), let started = seen.startedAt, changed > started {
      seen.isProgramReplaced = true
    }
  }

  /// When the file of the program was last changed, or that of the script that an interpreter runs, whichever is later.
  ///
  /// - Returns: Unix time in milliseconds.
  static func programChangedAt(_ seen: ProcessSeen) -> Int64? {
    let folder = ProcessTable.folder(seen.process)
    let program = seen.program.flatMap { try? SystemFile.status(folder + "/root" + $0).get().changedAt }
    return [program, scriptChangedAt(seen)].compactMap { $0 }.max()
  }

  /// The first argument that is no option and names a regular file: what `python app.py` or `node dist/main.js` runs.
  private static func scriptChangedAt(_ seen: ProcessSeen) -> Int64? {
    let folder = ProcessTable.folder(seen.process)
    for argument in seen.command.split(separator: " ").dropFirst().prefix(8) where !argument.hasPrefix("-") {
      let path = argument.hasPrefix("/") ? folder + "/root" + argument : folder + "/cwd/" + argument
      guard let status = try? SystemFile.status(path).get(), status.st_mode & S_IFMT == S_IFREG else { continue }
      return status.changedAt
    }
    return nil
  }
}
