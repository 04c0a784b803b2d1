#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The folder of the lab's Unix sockets.
struct LabFolder: Sendable {
  /// Short on purpose: the path of a Unix socket may have 107 bytes.
  static let baseBytesMax = 60

  let path: String
  /// A named folder is for others, too, who may run as another user: a gateway's workers.
  let isNamed: Bool

  /// A new folder of our own, which nobody else can enter.
  static func make() throws -> LabFolder {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let root = base.utf8.count > baseBytesMax ? "/tmp" : base
    var template = Array("\(root)/lab-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw LabError.systemCall("mkdtemp", errno: errno) }
    return LabFolder(path: String(cString: made), isNamed: false)
  }

  /// A folder of that name, made where it is not there.
  ///
  /// - Throws: where something else stands there, or another user's folder: who owns it could put a link in our way.
  static func named(_ path: String) throws -> LabFolder {
    if mkdir(path, 0o755) != 0 {
      guard errno == EEXIST else { throw LabError.systemCall("mkdir \(path)", errno: errno) }
      var status = stat()
      guard lstat(path, &status) == 0 else { throw LabError.systemCall("lstat \(path)", errno: errno) }
      guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else { throw LabError.foreignFolder(path) }
    }
    return LabFolder(path: path, isNamed: true)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Removes the socket that an earlier lab left, if it is a socket.
  func clear(_ name: String) {
    var status = stat()
    if lstat(file(name), &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(file(name)) }
  }

  /// Lets every user connect to a socket in a named folder.
  func share(_ name: String) throws {
    if isNamed, chmod(file(name), 0o666) != 0 { throw LabError.systemCall("chmod", errno: errno) }
  }

  /// Takes every permission away from a file.
  func forbid(_ name: String) throws {
    if chmod(file(name), 0) != 0 { throw LabError.systemCall("chmod", errno: errno) }
  }

  /// Whether permissions hold at all: the superuser passes them.
  static var arePermissionsEnforced: Bool { geteuid() != 0 }

  func remove(_ names: [String]) {
    for name in names { unlink(file(name)) }
    rmdir(path)
  }
}
