internal import Glibc

/// Sentences that say why a file cannot be read, and which right is missing.
enum LogFileRefusal {
  static func notOpened(_ path: String, errno number: Int32) -> LogFile.Refusal {
    switch number {
    case ENOENT, ENOTDIR:
      let folder = missingFolder(of: path)
      return LogFile.Refusal(
        sentence: folder.map { "The folder \($0) of the log \(path) does not exist." }
          ?? "The log \(path) does not exist.")
    case EACCES, EPERM: return LogFile.Refusal(sentence: denied(path))
    case ENXIO: return LogFile.Refusal(sentence: "\(path) is a socket or FIFO, not a file: it is not read.")
    case ELOOP: return LogFile.Refusal(sentence: "\(path) leads round in a circle of symbolic links.")
    default: return LogFile.Refusal(sentence: "The log \(path) cannot be opened: \(String(cString: strerror(number))).")
    }
  }

  static func notRegular(_ path: String, mode: mode_t) -> LogFile.Refusal {
    let what =
      switch mode & S_IFMT {
      case S_IFDIR: "a directory"
      case S_IFIFO: "a FIFO"
      case S_IFSOCK: "a socket"
      case S_IFCHR, S_IFBLK: "a device"
      default: "no regular file"
      }
    return LogFile.Refusal(sentence: "\(path) is \(what), not a file: it is not read.")
  }

  /// The folder that may not be passed, or the file that may not be read, with its rights.
  private static func denied(_ path: String) -> String {
    let user = userName(geteuid())
    for folder in folders(of: path) where access(folder, X_OK) != 0 {
      return "\(user) may not enter \(folder)\(rights(folder)), so the log \(path) cannot be read."
    }
    return "\(user) may not read the log \(path)\(rights(path)): the right to read it is missing."
  }

  /// ` (0640, root:adm)`.
  private static func rights(_ path: String) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { return "" }
    let mode = String(status.st_mode & 0o7777, radix: 8)
    let padded = String(repeating: "0", count: max(0, 4 - mode.count)) + mode
    return " (\(padded), \(userName(status.st_uid)):\(groupName(status.st_gid)))"
  }

  private static func missingFolder(of path: String) -> String? {
    folders(of: path).first { access($0, F_OK) != 0 }
  }

  /// From the outermost on.
  private static func folders(of path: String) -> [String] {
    let parts = path.split(separator: "/").dropLast()
    let start = path.hasPrefix("/") ? "/" : ""
    return parts.indices.map { start + parts[parts.startIndex...$0].joined(separator: "/") }
  }

  private static func userName(_ user: uid_t) -> String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var space = [CChar](repeating: 0, count: 4096)
    guard getpwuid_r(user, &entry, &space, space.count, &found) == 0, found != nil else { return "user \(user)" }
    return String(cString: entry.pw_name)
  }

  private static func groupName(_ group: gid_t) -> String {
    var entry = Glibc.group()
    var found: UnsafeMutablePointer<Glibc.group>?
    var space = [CChar](repeating: 0, count: 16_384)
    guard getgrgid_r(group, &entry, &space, space.count, &found) == 0, found != nil else { return "\(group)" }
    return String(cString: entry.gr_name)
  }
}
