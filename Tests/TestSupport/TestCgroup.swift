internal import Foundation

/// A cgroup for one test, of whichever version the machine has; removed with it, so that the test must
/// hold it for as long as a process is in there.
public final class TestCgroup: Sendable {
  public static let missing = "needs root and a cgroup hierarchy that may be written to"
  public static var isAvailable: Bool { folder("cpu") != nil && folder("memory") != nil }

  public let path: String
  private let isUnified: Bool

  /// The folder in which a controller's cgroups are made.
  private static func folder(_ controller: String) -> (path: String, isUnified: Bool)? {
    guard geteuid() == 0 else { return nil }
    let first = "/sys/fs/cgroup/\(controller)"
    if access(first + "/cgroup.procs", W_OK) == 0 { return (first, false) }
    let control = "/sys/fs/cgroup/cgroup.subtree_control"
    guard access(control, W_OK) == 0 else { return nil }
    try? Data("+\(controller)".utf8).write(to: URL(filePath: control))
    let controls = (try? String(contentsOfFile: control, encoding: .utf8)) ?? ""
    return controls.contains(controller) ? ("/sys/fs/cgroup", true) : nil
  }

  public init?(_ controller: String) {
    guard let (parent, isUnified) = Self.folder(controller) else { return nil }
    path = "\(parent)/sluice-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    self.isUnified = isUnified
    guard mkdir(path, 0o755) == 0 else { return nil }
  }

  deinit {
    // The processes end with their tests; what has just ended may still be counted.
    for _ in 0..<50 where rmdir(path) != 0 && errno == EBUSY { usleep(100_000) }
  }

  public func limit(cores: Double) {
    let quota = Int(cores * 100_000)
    isUnified ? write("cpu.max", "\(quota) 100000") : write("cpu.cfs_quota_us", "\(quota)")
  }

  public func limit(memory bytes: Int) {
    write(isUnified ? "memory.max" : "memory.limit_in_bytes", "\(bytes)")
    if isUnified { write("memory.swap.max", "0") } else { write("memory.memsw.limit_in_bytes", "\(bytes)") }
  }

  private func write(_ file: String, _ text: String) {
    try? Data(text.utf8).write(to: URL(filePath: path + "/" + file))
  }

  /// Runs a command within it; the process number stays.
  public var prefix: [String] { ["sh", "-c", "echo $$ > \(path)/cgroup.procs && exec \"$@\"", "sh"] }
}
