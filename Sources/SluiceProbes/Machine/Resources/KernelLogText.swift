internal import SluiceIncidents

/// What lines of the kernel's log tell about processes and queues. Its words differ by version; each form says since
/// which.
enum KernelLogText {
  /// A record of `/dev/kmsg`, as in `6,1234,22116567676,-;traps: app[17] trap invalid opcode …`, with lines of
  /// `KEY=value` behind it.
  ///
  /// - Returns: microseconds of the kernel's clock, and the text.
  static func record(_ record: String) -> (microseconds: UInt64, text: String)? {
    guard let semicolon = record.firstIndex(of: ";") else { return nil }
    let fields = record[..<semicolon].split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count >= 3, let time = UInt64(fields[2]) else { return nil }
    let text = record[record.index(after: semicolon)...].prefix { $0 != "\n" }
    return (time, String(text))
  }

  /// What a line tells; nil for one that tells nothing of use here.
  static func note(_ text: String) -> KernelNote? {
    outOfMemory(text) ?? fault(text) ?? overflow(text)
  }

  /// The cgroup and the process that a kill for want of memory is for (since 4.19), as in
  /// `oom-kill:constraint=CONSTRAINT_MEMCG,…,task_memcg=/docker/3f,task=app,pid=17,uid=0`.
  static func victim(_ text: String) -> (process: Int32, cgroup: String)? {
    guard text.hasPrefix("oom-kill:"), let process = value("pid=", in: text).flatMap({ Int32($0) }),
      let cgroup = value("task_memcg=", in: text)
    else { return nil }
    return (process, String(cgroup))
  }

  private static func value(_ label: String, in text: String) -> Substring? {
    for part in text.split(separator: ",") where part.hasPrefix(label) { return part.dropFirst(label.count) }
    return nil
  }

  /// `Memory cgroup out of memory: Killed process 17 (app) total-vm:…`, and `Killed process 17 (app), …` alone (before
  /// 5.0).
  private static func outOfMemory(_ text: String) -> KernelNote? {
    guard let killed = text.range(of: "Killed process ") else { return nil }
    let rest = text[killed.upperBound...]
    guard let process = Int32(rest.prefix { $0.isNumber }) else { return nil }
    var note = KernelNote(kind: .outOfMemoryKill, text: text)
    note.process = process
    // The name may hold parentheses; what follows it does not.
    if let open = rest.firstIndex(of: "("), let end = rest.range(of: ")", after: open, before: " total-vm") {
      note.name = String(rest[rest.index(after: open)..<end])
    }
    return note
  }

  private static let faults = [
    "segfault at ", "general protection", "trap ", "unhandled exception", "unhandled signal",
  ]

  /// `app[17]: segfault at 0 ip …`, `traps: app[17] trap invalid opcode ip:…`, on arm64
  /// `app[17]: unhandled exception: …`. The number is that of the thread.
  private static func fault(_ text: String) -> KernelNote? {
    let line = text.hasPrefix("traps: ") ? text.dropFirst(7) : Substring(text)
    for word in faults {
      for separator in ["] ", "]: "] {
        guard let end = line.range(of: separator + word), let open = line[..<end.lowerBound].lastIndex(of: "["),
          let process = Int32(line[line.index(after: open)..<end.lowerBound]), open > line.startIndex
        else { continue }
        var note = KernelNote(kind: .fault, text: text)
        note.process = process
        note.name = String(line[..<open])
        return note
      }
    }
    return nil
  }

  private static func overflow(_ text: String) -> KernelNote? {
    if text.contains("Possible SYN flooding on port ") { return KernelNote(kind: .queueOverflow, text: text) }
    if text.contains("nf_conntrack: table full") { return KernelNote(kind: .connectionTableFull, text: text) }
    return nil
  }
}

extension Substring {
  /// Where a closing text stands last before a mark, or last of all where the mark is missing.
  fileprivate func range(of closing: Character, after start: Index, before mark: String) -> Index? {
    let end = range(of: mark)?.lowerBound ?? endIndex
    return self[index(after: start)..<end].lastIndex(of: closing)
  }
}
