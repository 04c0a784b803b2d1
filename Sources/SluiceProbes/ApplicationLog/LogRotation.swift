internal import Glibc
internal import SluiceDiagnosis
internal import SluiceIncidents

/// Earlier files of a log: `api.log.1`, `api.log-20261126`, `api-20261126.log`, compressed or not.
struct LogRotation: Equatable {
  var path: String
  /// Unix time in milliseconds of its last line, as far as the file system tells.
  var writtenAt: Int64
  var isCompressed: Bool

  /// Names of a folder that are looked at.
  static let entriesMax = 10_000
  private static let compressed = [".gz", ".xz", ".zst", ".bz2", ".lz4"]

  /// The earlier file that was being written to at the moment; nil: none is there.
  static func file(of path: String, at moment: Int64) -> LogRotation? {
    let folder = path.contains("/") ? String(path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex)) : "./"
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let entries = opendir(folder) else { return nil }
    defer { closedir(entries) }
    var best: LogRotation?
    var count = 0
    while count < entriesMax, let entry = readdir(entries) {
      count += 1
      let other = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard isEarlier(other, of: name) else { continue }
      var status = stat()
      guard stat(folder + other, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      let written = Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
      // A file whose last line is older than the moment has nothing of it.
      guard written >= moment - 1000, best.map({ written < $0.writtenAt }) ?? true else { continue }
      best = LogRotation(
        path: folder + other, writtenAt: written, isCompressed: compressed.contains(where: other.hasSuffix))
    }
    return best
  }

  static func isEarlier(_ other: String, of name: String) -> Bool {
    guard other != name else { return false }
    if other.hasPrefix(name), let mark = other.dropFirst(name.count).first { return mark == "." || mark == "-" }
    guard let dot = name.lastIndex(of: ".") else { return false }
    let (stem, ending) = (name[..<dot], name[dot...])
    // With its day before the ending, and nothing of another log's name.
    guard other.hasPrefix(stem), let last = other.range(ofLast: ending) else { return false }
    let between = other[other.index(other.startIndex, offsetBy: stem.count)..<last.lowerBound]
    return between.first.map { "-._".contains($0) } == true && between.allSatisfy { $0.isNumber || "-._T".contains($0) }
  }
}

extension String {
  fileprivate func range(ofLast ending: Substring) -> Range<Index>? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasSuffix(ending) { return rest.index(rest.endIndex, offsetBy: -ending.count)..<rest.endIndex }
      rest.removeLast()
    }
    return nil
  }
}

extension LogFileLook {
  /// The moment lies before the first line of the log: its earlier files have it, or none has.
  static func rotated(
    _ current: inout LogFile, first: Int64, moment: Int64, clock: LogClock
  ) throws(LogFile.Refusal) -> Seen<ApplicationLogSeen> {
    guard let earlier = LogRotation.file(of: current.path, at: moment) else {
      var seen = seen(&current, moment: moment, clock: clock, source: current.path)
      seen.missing.append("The log \(current.path) begins after the moment, and no earlier file of it is there.")
      return .value(seen)
    }
    guard !earlier.isCompressed else {
      var seen = seen(&current, moment: moment, clock: clock, source: current.path)
      seen.missing.append("The moment lies in \(earlier.path), which is compressed and is not read: use `zcat` on it.")
      return .value(seen)
    }
    var file = try LogFile(path: earlier.path, bytesMax: bytesMax - current.bytesRead)
    // Its own last write tells nothing more of the offset than that of the log that goes on.
    var seen = seen(
      &file, moment: moment, clock: LogClock(offset: clock.offset, reference: file.writtenAt),
      source: earlier.path)
    seen.readBytes += current.bytesRead
    return .value(seen)
  }
}
