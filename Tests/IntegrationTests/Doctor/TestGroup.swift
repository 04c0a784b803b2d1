import Foundation

/// A cgroup of the test's own, of either version, with one limit.
struct TestGroup {
  enum Limit {
    case memory(bytes: Int)
    /// CPU time of each period.
    case cpu(microseconds: Int, of: Int)
  }

  private let path: String

  /// Runs a command within the group.
  var wrapper: [String] { ["sh", "-c", "echo $$ > '\(path)/cgroup.procs'; exec \"$@\"", "sh"] }

  private static let root = "/sys/fs/cgroup"

  private static func isVersion2(_ controller: String) -> Bool {
    let text = try? String(contentsOfFile: root + "/cgroup.controllers", encoding: .utf8)
    return text?.split(whereSeparator: \.isWhitespace).contains(Substring(controller)) == true
  }

  /// Version 1 has a folder for each controller.
  private static func folder(_ controller: String) -> String {
    isVersion2(controller) ? root : root + "/" + controller
  }

  static func isAvailable(_ controller: String) -> Bool {
    guard let group = try? TestGroup(controller) else { return false }
    defer { group.remove() }
    let file = isVersion2(controller) ? "\(controller).max" : ["memory": "memory.limit_in_bytes"][controller]
    return access(group.path + "/" + (file ?? "cpu.cfs_quota_us"), W_OK) == 0
  }

  private init(_ controller: String) throws {
    path = Self.folder(controller) + "/sluice-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  init(_ controller: String, limit: Limit) throws {
    try self.init(controller)
    let is2 = Self.isVersion2(controller)
    switch limit {
    case .memory(let bytes):
      try write("\(bytes)", is2 ? "memory.max" : "memory.limit_in_bytes")
      // Without room to swap into, where there is any.
      try? write(is2 ? "0" : "\(bytes)", is2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes")
    case .cpu(let quota, let period):
      if is2 {
        try write("\(quota) \(period)", "cpu.max")
      } else {
        try write("\(period)", "cpu.cfs_period_us")
        try write("\(quota)", "cpu.cfs_quota_us")
      }
    }
  }

  private func write(_ text: String, _ file: String) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/" + file))
    defer { try? handle.close() }
    try handle.write(contentsOf: Data(text.utf8))
  }

  /// Once its processes have ended.
  func remove() {
    for _ in 0..<50 where rmdir(path) != 0 && errno == EBUSY { usleep(50_000) }
  }
}
