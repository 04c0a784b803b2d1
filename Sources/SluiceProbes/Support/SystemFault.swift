internal import Glibc

/// An errno of a call that looked at the system.
struct SystemFault: Error, Equatable {
  var number: Int32

  init(_ number: Int32) { self.number = number }

  /// Somebody else's process or file, and this user may not look into it.
  var isForbidden: Bool { number == EACCES || number == EPERM }

  var isMissing: Bool { number == ENOENT || number == ESRCH || number == ENOTDIR }

  var words: String { String(cString: strerror(number)) }
}
