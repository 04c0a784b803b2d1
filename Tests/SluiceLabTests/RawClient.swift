import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A blocking socket that shows what a peer really does: every byte, and how the connection ended.
final class RawClient {
  enum End: Equatable {
    case fin
    case reset
    /// Nothing more came in the time given.
    case open
  }

  struct Failure: Error, Equatable {
    var call: String
    var number: Int32
  }

  private var descriptor: Int32
  /// A write that met the reset has taken it away: what reads afterwards sees an end like any other.
  private var wasReset = false

  init(port: Int, address host: UInt32 = 0x7F00_0001) throws {
    descriptor = Self.socket(AF_INET)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    address.sin_addr.s_addr = in_addr_t(host).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try established(result)
  }

  init(unixPath: String) throws {
    descriptor = Self.socket(AF_UNIX)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { place in
      for (index, byte) in unixPath.utf8.enumerated() where index < place.count - 1 { place[index] = byte }
    }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try established(result)
  }

  deinit { shut() }

  func shut() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private static func socket(_ family: Int32) -> Int32 {
    #if canImport(Glibc)
      let made = Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0)
    #elseif canImport(Musl)
      let made = Musl.socket(family, SOCK_STREAM, 0)
    #else
      let made = Darwin.socket(family, SOCK_STREAM, 0)
    #endif
    signal(SIGPIPE, SIG_IGN)
    _ = fcntl(made, F_SETFL, O_NONBLOCK)
    return made
  }

  /// A connection that is not there after 300 ms is one whose SYN nobody answers: loopback needs microseconds.
  private func established(_ result: Int32) throws {
    if result == 0 { return }
    let number = errno
    guard number == EINPROGRESS else { throw Failure(call: "connect", number: number) }
    guard ready(Int16(POLLOUT), 300) else { throw Failure(call: "connect", number: ETIMEDOUT) }
    var error: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
    if error != 0 { throw Failure(call: "connect", number: error) }
  }

  private func ready(_ events: Int16, _ milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: events, revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  func send(_ text: String) -> Int { send(Array(text.utf8)) }

  /// Sends until all is sent, the peer has ended, or nothing moves for that long; returns what was sent.
  @discardableResult
  func send(_ bytes: [UInt8], patience: Int32 = 2000) -> Int {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        sent += count
      } else if errno != EAGAIN {
        wasReset = errno == ECONNRESET || errno == EPIPE
        return sent
      } else if !ready(Int16(POLLOUT), patience) {
        return sent
      }
    }
    return sent
  }

  func shutOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Reads until that many bytes are there, the peer has ended, or nothing comes for that long.
  func read(max: Int = .max, patience: Int32 = 2000) -> (bytes: [UInt8], end: End) {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while all.count < max {
      let wanted = min(piece.count, max - all.count)
      #if canImport(Glibc)
        let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, wanted) }
      #elseif canImport(Musl)
        let count = piece.withUnsafeMutableBytes { Musl.read(descriptor, $0.baseAddress, wanted) }
      #else
        let count = piece.withUnsafeMutableBytes { Darwin.read(descriptor, $0.baseAddress, wanted) }
      #endif
      if count > 0 {
        all += piece[..<count]
      } else if count == 0 {
        return (all, wasReset ? .reset : .fin)
      } else if errno != EAGAIN {
        return (all, .reset)
      } else if !ready(Int16(POLLIN), patience) {
        return (all, .open)
      }
    }
    return (all, .open)
  }
}

/// Runs blocking work on a thread that may block.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
  }
}
