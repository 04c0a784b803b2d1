#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Whether a file that a configuration names can be read, so that its absence is told with a line, before anything is
/// changed.
enum FileProbe {
  static func whyUnreadable(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return reason(errno) }
    if status.st_mode & S_IFMT == S_IFDIR { return "it is a directory; name the file in it" }
    return access(path, R_OK) == 0 ? nil : reason(errno)
  }

  private static func reason(_ code: CInt) -> String {
    switch code {
    case ENOENT: "no such file"
    case EACCES: "permission denied"
    default: String(cString: strerror(code))
    }
  }
}
