internal import SluiceIncidents

/// Whether two processes are the same program, started anew or beside each other.
enum SameProgram {
  /// Facts of a process that stay when it is started again.
  struct Marks: Equatable {
    var command: String
    var program: String?
    var cgroup: String?
    var container: String?
    var unit: String?

    init(_ seen: ProcessSeen) {
      command = seen.command
      program = seen.program
      cgroup = seen.cgroup
      container = seen.container
      unit = seen.unit
    }

    init(_ sighting: ProcessSighting) {
      command = sighting.command
      program = sighting.program
      cgroup = sighting.cgroup
      container = sighting.container
      unit = sighting.unit
    }
  }

  /// The same unit or container; or the same program file with a command line that differs in numbers only, a port
  /// among them; or the same cgroup, where that is one that somebody made for it, and the same file.
  ///
  /// - Parameter ownCgroup: of the process that looks: within a container all have the same.
  static func isSame(_ one: Marks, _ other: Marks, ownCgroup: String?) -> Bool {
    if let unit = one.unit, unit == other.unit { return true }
    if let container = one.container, container == other.container { return true }
    let isSameFile = one.program == nil || other.program == nil || one.program == other.program
    guard isSameFile else { return false }
    if CommandText.withoutNumbers(one.command) == CommandText.withoutNumbers(other.command) { return true }
    guard one.program != nil, one.program == other.program, let cgroup = one.cgroup, cgroup == other.cgroup else {
      return false
    }
    return cgroup != ownCgroup && isOwnCgroup(cgroup)
  }

  /// Whether a cgroup is not the root, nor a person's session, in which everything that he starts lies together.
  static func isOwnCgroup(_ path: String) -> Bool {
    let last = path.split(separator: "/").last ?? ""
    return !last.isEmpty && !last.hasSuffix(".slice") && last != "init.scope" && !last.hasPrefix("session-")
  }
}
