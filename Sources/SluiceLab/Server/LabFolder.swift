#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A folder of the lab's own for its Unix sockets, removed at the end with what stands in it.
struct LabFolder: Sendable {
  let path: String

  /// Short on purpose: the path of a Unix socket may have 107 bytes.
  static func make() throws -> LabFolder {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let root = base.utf8.count > 60 ? "/tmp" : base
    var template = Array("\(root)/lab-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw LabError.systemCall("mkdtemp", errno: errno) }
    return LabFolder(path: String(cString: made))
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

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
