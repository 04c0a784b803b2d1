internal import Glibc

/// Finds the logs that paths name: files, directories of them, and `-` for standard input.
///
/// Files that are parts of one rotated log become one, oldest first. Only what is named is read: `access.log*` or the
/// directory for the older parts.
public struct LogDiscovery: Equatable, Sendable {
  public private(set) var sets: [LogSet] = []
  public private(set) var problems: [LogReadProblem] = []
  /// What was not taken as its name seems to say: nothing is missing.
  public private(set) var remarks: [LogReadProblem] = []
  /// Of all files, packed as they are; nil where standard input is among them.
  public private(set) var bytes: Int? = 0

  /// Logs that one run reads.
  public static let logsMax = 256
  /// Files that are looked at in one directory.
  static let filesMax = 4096

  public init(_ paths: [String]) {
    var seen: Set<FileIdentity> = []
    var parts: [String: [String]] = [:]
    var order: [String] = []
    for path in paths {
      if path == "-" {
        if !order.contains(path) { order.append(path) }
        bytes = nil
        continue
      }
      for file in files(at: path, &seen) {
        let (folder, name) = Self.split(file)
        let key = folder + RotatedName(name).base
        if parts[key] == nil { order.append(key) }
        parts[key, default: []].append(file)
      }
    }
    let found = order.flatMap { $0 == "-" ? [.standardInput] : logs(parts[$0] ?? []) }
    sets = Array(found.prefix(Self.logsMax))
    if let first = found.dropFirst(Self.logsMax).first {
      problems.append(
        LogReadProblem(
          path: first.name, sentence: "is not read, nor are those behind it: one run reads \(Self.logsMax) logs"))
    }
  }

  /// Files of one name but for dates and numbers. A number alone may count machines as well as rotations: it makes a
  /// part only where the rest of the name is that of a log, or of a file that is there.
  private mutating func logs(_ files: [String]) -> [LogSet] {
    let names = files.map { RotatedName(Self.split($0).name) }
    let isRotated = names.contains { $0.number == nil } || names.contains { $0.base.lowercased().hasSuffix("log") }
    guard !isRotated else { return [set(files)] }
    let numbers = Set(names.compactMap(\.number)).sorted()
    if numbers.count > 1 {
      remarks.append(
        LogReadProblem(
          path: files.sorted()[0],
          sentence: "is read as a log of its own, as are those of the same name with other numbers: name "
            + "\(names[0].base), too, where they are its parts"))
    }
    return numbers.map { number in set(zip(files, names).filter { $0.1.number == number }.map(\.0)) }
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    let next = path.index(after: slash)
    return (String(path[..<next]), String(path[next...]))
  }

  private mutating func set(_ files: [String]) -> LogSet {
    let named = files.map { (path: $0, name: RotatedName(Self.split($0).name)) }
    let sorted = named.sorted { one, other in
      one.name.isOlder(than: other.name) || (!other.name.isOlder(than: one.name) && one.path < other.path)
    }
    // While a part is packed, it is there twice.
    let kept = sorted.filter { part in
      let twin = sorted.first {
        !$0.name.isPacked && $0.name.date == part.name.date && $0.name.number == part.name.number
      }
      guard part.name.isPacked, let twin else { return true }
      remarks.append(
        LogReadProblem(
          path: part.path,
          sentence: "is left out: by its name it is \(twin.path) packed; rename it where it holds something else"))
      return false
    }
    return LogSet(name: kept.last?.path ?? "", files: kept.map(\.path))
  }

  /// The file itself, or the logs in a directory.
  private mutating func files(at path: String, _ seen: inout Set<FileIdentity>) -> [String] {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      problems.append(LogReadProblem(path: path, error: errno))
      return []
    }
    guard facts.st_mode & S_IFMT == S_IFDIR else {
      return take(path, facts, &seen) ? [path] : []
    }
    guard let directory = opendir(path) else {
      problems.append(LogReadProblem(path: path, error: errno))
      return []
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory), names.count < Self.filesMax {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if Self.looksLikeLog(name) { names.append(name) }
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    var found: [String] = []
    for name in names.sorted() {
      var facts = stat()
      guard stat(folder + name, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size > 0,
        take(folder + name, facts, &seen)
      else { continue }
      found.append(folder + name)
    }
    if found.isEmpty {
      problems.append(LogReadProblem(path: path, sentence: "holds no file that looks like a log: name the file"))
    }
    return found
  }

  /// Whether the file was not named before, by this or another name.
  private mutating func take(_ path: String, _ facts: stat, _ seen: inout Set<FileIdentity>) -> Bool {
    let identity = FileIdentity(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
    guard seen.insert(identity).inserted else { return false }
    if facts.st_mode & S_IFMT == S_IFREG {
      bytes = bytes.map { $0 + Int(facts.st_size) }
    } else {
      bytes = nil
    }
    return true
  }

  private static func looksLikeLog(_ name: String) -> Bool {
    guard !name.hasPrefix(".") else { return false }
    let lower = name.lowercased()
    let others = [".tar", ".tgz", ".zip", ".db", ".sqlite", ".journal", ".html", ".md", ".conf", ".py", ".sh", ".pid"]
    if others.contains(where: { lower.hasSuffix($0) || lower.hasSuffix($0 + ".gz") }) { return false }
    return ["log", "access", "error", ".out", ".err"].contains { lower.contains($0) }
  }
}
