#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Files that the lab writes for others to read.
enum LabFile {
  /// A new file beside the old one takes its name, so that a reader never sees half of it, and a key is never readable
  /// for others, not even for a moment.
  static func put(_ bytes: [UInt8], to path: String, mode: UInt32) throws {
    let fresh = path + ".new"
    unlink(fresh)
    let descriptor = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
    guard descriptor >= 0 else { throw LabError.systemCall("open \(fresh)", errno: errno) }
    defer { close(descriptor) }
    // What the umask took away is given back: a gateway's workers may run as another user.
    guard fchmod(descriptor, mode_t(mode)) == 0 else { throw LabError.systemCall("fchmod \(fresh)", errno: errno) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw LabError.systemCall("write \(fresh)", errno: errno) }
      rest = rest.dropFirst(count)
    }
    guard rename(fresh, path) == 0 else { throw LabError.systemCall("rename \(path)", errno: errno) }
  }
}
