internal import Glibc

/// Small files of the kernel and the system, each read with a bound.
enum SystemFile {
  /// Bytes of one file: the longest table that is read whole, `/proc/net/tcp` with some 50,000 lines.
  static let bytesMax = 8 << 20
  /// Names of one folder.
  static let namesMax = 65_536

  /// The file's text; bytes that are no UTF-8 are replaced. What is longer than the bound is cut.
  static func read(_ path: String, bytesMax: Int = bytesMax) -> Result<String, SystemFault> {
    bytes(path, bytesMax: bytesMax).map { String(decoding: $0, as: UTF8.self) }
  }

  static func text(_ path: String, bytesMax: Int = bytesMax) -> String? {
    try? read(path, bytesMax: bytesMax).get()
  }

  static func bytes(_ path: String, bytesMax: Int = bytesMax) -> Result<[UInt8], SystemFault> {
    // Not blocking: a pipe under that name must not hold the look up.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return .failure(SystemFault(errno)) }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: min(bytesMax, 1 << 16))
    while all.count < bytesMax {
      let count = Glibc.read(descriptor, &part, min(part.count, bytesMax - all.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .failure(SystemFault(errno)) }
      guard count > 0 else { break }
      all += part[..<count]
    }
    return .success(all)
  }

  /// What a symbolic link says.
  static func link(_ path: String) -> Result<String, SystemFault> {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &target, target.count)
    guard count >= 0 else { return .failure(SystemFault(errno)) }
    return .success(String(decoding: target[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  /// The names in a folder, without `.` and `..`.
  static func names(in folder: String, max: Int = namesMax) -> Result<[String], SystemFault> {
    guard let stream = opendir(folder) else { return .failure(SystemFault(errno)) }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < max, let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return .success(names)
  }

  static func status(_ path: String) -> Result<stat, SystemFault> {
    var status = stat()
    return stat(path, &status) == 0 ? .success(status) : .failure(SystemFault(errno))
  }
}

extension stat {
  /// Unix time in milliseconds at which the contents were last changed.
  var changedAt: Int64 { Int64(st_mtim.tv_sec) * 1000 + Int64(st_mtim.tv_nsec) / 1_000_000 }
}
