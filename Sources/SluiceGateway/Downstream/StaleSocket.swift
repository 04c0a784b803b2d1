internal import Glibc
internal import NIOCore

/// The file of a Unix socket that nobody listens on any longer.
enum StaleSocket {
  /// Removes it. Where somebody answers, or it is no socket, nothing is removed: it is not ours to take away.
  ///
  /// - Throws: `SystemError`, with EADDRINUSE.
  static func remove(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK, !isAnswered(path) else {
      throw SystemError(call: "bind", errno: EADDRINUSE)
    }
    guard unlink(path) == 0 || errno == ENOENT else { throw SystemError(call: "unlink", errno: errno) }
  }

  /// A full queue answers, too: with EAGAIN.
  private static func isAnswered(_ path: String) -> Bool {
    guard let address = try? SocketAddress(unixDomainSocketPath: path) else { return false }
    let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard probe >= 0 else { return true }
    defer { close(probe) }
    return address.withSockAddr { connect(probe, $0, socklen_t($1)) } == 0 || errno != ECONNREFUSED
  }
}
