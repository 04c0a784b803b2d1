internal import Glibc

/// A system call that failed.
struct SystemError: Error, CustomStringConvertible {
  let call: String
  let errno: Int32

  var description: String { "\(call): \(String(cString: strerror(errno))) (errno \(errno))" }
}
