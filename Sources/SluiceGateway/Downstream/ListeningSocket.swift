internal import Glibc
internal import NIOCore
internal import SluiceConfiguration
public import SluiceCore
internal import Synchronization

/// One listening socket, held beside the channels that accept on it.
///
/// We open and name it ourselves, not NIO: it can be given to another process and taken from one, several workers can
/// accept on it, and its queue lives until the last descriptor is closed, in whatever process.
public final class ListeningSocket: Sendable {
  /// As the configuration writes it; of an inherited socket, as the older gateway's did, and empty from systemd.
  public let label: String
  /// nil: neither TCP nor a Unix path.
  public let bound: BoundAddress?
  private let descriptor: Mutex<Int32>
  /// Which file the path named when the socket was bound or taken over.
  private let file: SocketFile?

  /// Connections that wait to be accepted.
  static let backlog: Int32 = 4096

  /// Takes a descriptor that somebody else opened; it is ours from here on and not inherited any further.
  public init(inherited descriptor: Int32, label: String) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    self.descriptor = Mutex(descriptor)
    self.label = label
    bound = SocketName.of(descriptor)
    file = bound.flatMap(SocketFile.init)
  }

  private init(opened descriptor: Int32, label: String) {
    self.descriptor = Mutex(descriptor)
    self.label = label
    bound = SocketName.of(descriptor)
    file = bound.flatMap(SocketFile.init)
  }

  deinit { close() }

  // MARK: Opening

  /// Binds and listens.
  ///
  /// - Parameter joins: the port may be shared with sockets that listen there, which are ours. Otherwise that is an
  ///   error: SO_REUSEPORT alone would let two gateways of one user take each other's clients without a word.
  /// - Throws: `SystemError`.
  static func open(_ address: SocketAddress, label: String, joins: Bool) throws -> ListeningSocket {
    let family: Int32
    switch address {
    case .v4: family = AF_INET
    case .v6: family = AF_INET6
    case .unixDomainSocket: family = AF_UNIX
    }
    let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let made = socket(family, flags, 0)
    guard made >= 0 else { throw SystemError(call: "socket", errno: errno) }
    do {
      if family != AF_UNIX {
        set(SO_REUSEADDR, on: made)
        if joins { set(SO_REUSEPORT, on: made) }
      }
      try check("bind", address.withSockAddr { Glibc.bind(made, $0, socklen_t($1)) })
      // After the bind, which was exclusive, so that sockets of ours may join.
      if family != AF_UNIX, !joins { set(SO_REUSEPORT, on: made) }
      try check("listen", listen(made, backlog))
    } catch {
      Glibc.close(made)
      throw error
    }
    return ListeningSocket(opened: made, label: label)
  }

  private static func set(_ option: Int32, on socket: Int32) {
    var value: Int32 = 1
    setsockopt(socket, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func check(_ call: String, _ result: Int32) throws {
    guard result != 0 else { return }
    throw SystemError(call: call, errno: errno)
  }

  // MARK: Using

  /// A further descriptor of the same socket, closed by whoever asked for it; -1 with errno where there is none left.
  func duplicate() -> Int32 { descriptor.withLock { $0 < 0 ? -1 : fcntl($0, F_DUPFD_CLOEXEC, 0) } }

  /// NIO listens once more when it is given a socket, with a shorter queue.
  func restoreBacklog() { _ = descriptor.withLock { listen($0, Self.backlog) } }

  /// nil of a Unix socket.
  var port: UInt16? {
    guard case .tcp(let address) = bound else { return nil }
    return address.port
  }

  public var isListening: Bool { option(SO_ACCEPTCONN) == 1 }
  /// Whether sockets of ours may join.
  var sharesPort: Bool { option(SO_REUSEPORT) == 1 }

  private func option(_ name: Int32) -> Int32 {
    descriptor.withLock { descriptor in
      var value: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      return getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : 0
    }
  }

  // MARK: Ends

  /// Closes our descriptor. Where it was the last one, in any process, what waits in the queue is reset.
  public func close() {
    descriptor.withLock { descriptor in
      guard descriptor >= 0 else { return }
      Glibc.close(descriptor)
      descriptor = -1
    }
  }

  /// Removes the file of a Unix socket, unless it is systemd's or the path names another one by now.
  func removeFile() {
    guard !label.isEmpty, case .unix(let path) = bound, let file, SocketFile(path: path) == file else { return }
    unlink(path)
  }
}

/// Which file a path names.
private struct SocketFile: Equatable {
  var device: UInt
  var number: UInt

  init?(path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
  }

  init?(_ address: BoundAddress) {
    guard case .unix(let path) = address else { return nil }
    self.init(path: path)
  }
}
