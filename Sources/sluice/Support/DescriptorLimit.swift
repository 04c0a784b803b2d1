import Foundation

/// File descriptors: one for each connection on either side.
enum DescriptorLimit {
  /// Raises the soft limit to the hard one, as other gateways do: the shell's default of 1,024 is for programs that use
  /// `select`.
  static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max else {
      return
    }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
