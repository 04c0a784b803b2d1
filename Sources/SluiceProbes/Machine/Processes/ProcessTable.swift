internal import Glibc
internal import SluiceIncidents

/// `/proc`, read process by process.
enum ProcessTable {
  /// Processes that are looked at.
  static let processesMax = 8_192
  /// Descriptors of one process that are looked at.
  static let descriptorsMax = 65_536

  static func folder(_ process: Int32) -> String { "/proc/\(process)" }

  static func all() -> [Int32] {
    let names = (try? SystemFile.names(in: "/proc").get()) ?? []
    return Array(names.compactMap { Int32($0) }.sorted().prefix(processesMax))
  }

  static func stat(_ process: Int32) -> ProcessStat? {
    SystemFile.text(folder(process) + "/stat", bytesMax: 4096).flatMap { ProcessStat($0) }
  }

  /// The inodes of the sockets that a process holds, by descriptor, and how many descriptors it has.
  static func sockets(of process: Int32) -> Result<(sockets: [Int32: UInt64], descriptors: Int), SystemFault> {
    let folder = folder(process) + "/fd"
    switch SystemFile.names(in: folder, max: descriptorsMax) {
    case .failure(let fault): return .failure(fault)
    case .success(let names):
      var sockets: [Int32: UInt64] = [:]
      for name in names {
        guard let number = Int32(name), let link = try? SystemFile.link("\(folder)/\(name)").get(),
          let inode = ProcessTexts.socketInode(link)
        else { continue }
        sockets[number] = inode
      }
      return .success((sockets, names.count))
    }
  }

  /// Clock ticks in a second, in which `stat` counts.
  static let ticksPerSecond = UInt64(max(sysconf(Int32(_SC_CLK_TCK)), 1))

  /// Unix time in milliseconds.
  static func startedAt(_ stat: ProcessStat, boot: Int64) -> Int64 {
    boot + Int64(clamping: stat.startTicks &* 1000 / ticksPerSecond)
  }

  static func user(_ number: UInt32) -> String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var space = [CChar](repeating: 0, count: 4096)
    guard getpwuid_r(number, &entry, &space, space.count, &found) == 0, found != nil, let name = entry.pw_name else {
      return "user \(number)"
    }
    return String(cString: name)
  }

  static func group(_ number: UInt32) -> String {
    var entry = Glibc.group()
    var found: UnsafeMutablePointer<Glibc.group>?
    var space = [CChar](repeating: 0, count: 16_384)
    guard getgrgid_r(number, &entry, &space, space.count, &found) == 0, found != nil, let name = entry.gr_name else {
      return "group \(number)"
    }
    return String(cString: name)
  }

  static func state(_ letter: Character) -> ProcessSeen.State {
    switch letter {
    case "R": .running
    case "S", "I": .sleeping
    case "D": .blocked
    case "T", "t": .stopped
    case "Z", "X": .zombie
    default: .other
    }
  }
}
