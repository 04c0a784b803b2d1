internal import Glibc

/// The store's file as the operating system sees it: its folder, its mode, and its name when it is damaged.
struct StoreFile: Sendable {
  /// Damaged files that are kept, the latest ones.
  static let damagedMax = 3
  /// What SQLite adds to the name for the log and its index.
  static let suffixes = ["", "-wal", "-shm"]

  /// Which file a name stands for.
  struct Identity: Equatable, Sendable {
    var device: UInt
    var inode: UInt
  }

  /// Absolute, so that it is no URI to SQLite, and none of its options.
  let path: String

  init(_ path: String) {
    guard !path.hasPrefix("/") else {
      self.path = path
      return
    }
    var folder = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let current = getcwd(&folder, folder.count) == nil ? "" : Self.text(folder)
    self.path = current + "/" + path
  }

  /// Makes the folder (0700) and an empty file (0600) where they are missing. What exists keeps its mode.
  func create() throws(StoreFailure) -> Identity {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Self.failure(errno) }
    }
    // Only a file of which nobody can have locks yet is opened: closing it would end those of this process (POSIX).
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
    if descriptor >= 0 { close(descriptor) } else if errno != EEXIST { throw Self.failure(errno) }
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.failure(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .cannotOpen("it is no regular file") }
    guard faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 else { throw Self.failure(errno) }
    return Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
  }

  /// nil where there is none, or it may not be looked at.
  var identity: Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
  }

  /// 0 where there is none.
  func bytes(_ suffix: String = "") -> Int {
    var status = stat()
    return stat(path + suffix, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Renames the file and what belongs to it, and removes the oldest of those that were moved before.
  ///
  /// - Parameter now: Unix time in milliseconds.
  /// - Returns: the new name.
  func moveAside(at now: Int64) throws(StoreFailure) -> String {
    let stamp = Self.stamp(now)
    var target = "\(path).damaged-\(stamp)"
    for attempt in 2..<10 where access(target, F_OK) == 0 { target = "\(path).damaged-\(stamp)-\(attempt)" }
    guard rename(path, target) == 0 else { throw Self.failure(errno) }
    for suffix in Self.suffixes.dropFirst() { _ = rename(path + suffix, target + suffix) }
    let all = damaged()
    for old in all.prefix(max(all.count - Self.damagedMax, 0)) {
      for suffix in Self.suffixes { _ = unlink(old + suffix) }
    }
    return target
  }

  /// Files that were moved aside, the oldest first.
  func damaged() -> [String] {
    guard let slash = path.lastIndex(of: "/") else { return [] }
    let folder = String(path[...slash])
    let prefix = path[path.index(after: slash)...] + ".damaged-"
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix), !Self.suffixes.dropFirst().contains(where: name.hasSuffix) else { continue }
      found.append(folder + name)
    }
    return found.sorted()
  }

  /// As in `20260821T120000Z`.
  private static func stamp(_ now: Int64) -> String {
    let date = CivilDate(unixSeconds: now / 1000)
    func digits(_ value: Int, _ count: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(count - text.count, 0)) + text
    }
    let day = digits(date.year, 4) + digits(date.month, 2) + digits(date.day, 2)
    return day + "T" + digits(date.hour, 2) + digits(date.minute, 2) + digits(date.second, 2) + "Z"
  }

  static func failure(_ error: Int32) -> StoreFailure {
    let name = systemErrorName(error).map { "\($0)" } ?? "errno \(error)"
    switch error {
    case ENOSPC, EDQUOT: return .full
    case EROFS, EACCES, EPERM: return .notWritable(name)
    case EIO: return .inputOutput(code: error)
    default: return .cannotOpen(name)
    }
  }

  static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
