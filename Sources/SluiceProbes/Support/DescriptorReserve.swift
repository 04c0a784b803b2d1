internal import Glibc

/// Whether the process has descriptors to spare: a gateway at its limit must not lose its last ones to looks, and much
/// of what looks use cannot be made without one.
enum DescriptorReserve {
  /// What the looks of a few endpoints take at the same time, with room for the traffic.
  static let wanted = 128

  static func isThere(_ wanted: Int = wanted) -> Bool {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return false }
    guard let folder = opendir("/proc/self/fd") else { return false }
    defer { closedir(folder) }
    var used = 0
    while readdir(folder) != nil { used += 1 }
    return Int(clamping: limit.rlim_cur) - used >= wanted
  }
}
