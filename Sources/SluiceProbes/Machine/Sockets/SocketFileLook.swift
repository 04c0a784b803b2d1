internal import Glibc
internal import SluiceIncidents

/// The file of a Unix socket, and the rights on the way to it.
enum SocketFileLook {
  static func look(_ path: String) -> SocketFileSeen {
    for folder in folders(of: path) {
      switch SystemFile.status(folder) {
      case .failure(let fault): return blocked(path, by: folder, isMissing: fault.isMissing)
      // Without the right to search a folder nobody can tell what is in it.
      case .success(let status):
        guard status.st_mode & S_IFMT == S_IFDIR, may(folder, X_OK) else {
          return blocked(path, by: folder, isMissing: false)
        }
      }
    }
    guard let status = try? SystemFile.status(path).get() else { return blocked(path, by: path, isMissing: true) }
    var seen = SocketFileSeen(path: path, exists: true)
    seen.isSocket = status.st_mode & S_IFMT == S_IFSOCK
    let mode = String(status.st_mode & 0o7777, radix: 8)
    seen.mode = String(repeating: "0", count: max(4 - mode.count, 0)) + mode
    seen.owner = ProcessTable.user(status.st_uid)
    seen.group = ProcessTable.group(status.st_gid)
    // connect(2) asks for the right to write.
    seen.mayConnect = may(path, W_OK)
    if seen.mayConnect == false { seen.obstacle = path }
    return seen
  }

  private static func blocked(_ path: String, by obstacle: String, isMissing: Bool) -> SocketFileSeen {
    var seen = SocketFileSeen(path: path, exists: !isMissing)
    seen.mayConnect = false
    seen.obstacle = obstacle
    return seen
  }

  /// `/`, `/run`, `/run/app` for `/run/app/http.sock`.
  static func folders(of path: String) -> [String] {
    var folders = ["/"]
    var current = ""
    for part in path.split(separator: "/").dropLast() {
      current += "/" + part
      folders.append(current)
    }
    return folders
  }

  /// As the effective user, who is the one that connects.
  private static func may(_ path: String, _ right: Int32) -> Bool {
    faccessat(AT_FDCWD, path, right, AT_EACCESS) == 0
  }
}
