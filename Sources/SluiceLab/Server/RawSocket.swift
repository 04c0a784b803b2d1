internal import NIOCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Sockets that no event loop serves: closed ports, full and unattended accept queues.
///
/// SwiftNIO accepts from whatever it listens on, and what these scenarios need is a socket that is left alone.
struct RawSocket: Sendable {
  /// Connections that are tried before a queue counts as one that cannot be filled.
  static let fillersMax = 16

  private var descriptors: [Int32] = []
  private(set) var address: SocketAddress

  /// Bound, and nothing more: whoever connects is refused, and nobody else can take the port meanwhile.
  static func bound(to address: SocketAddress) throws -> RawSocket {
    let descriptor = try open(address)
    var raw = RawSocket(descriptors: [descriptor], address: address)
    do {
      // A fixed port may still be remembered from an earlier lab; a free one is never shared.
      if let port = address.port, port != 0 {
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      }
      try check("bind", address.withSockAddr { pointer, size in bind(descriptor, pointer, socklen_t(size)) })
      if address.protocol != .unix { raw.address = try raw.localAddress(of: descriptor, host: address) }
    } catch {
      raw.close()
      throw error
    }
    return raw
  }

  mutating func listen(backlog: Int32) throws {
    guard let first = descriptors.first else { return }
    #if canImport(Glibc)
      try Self.check("listen", Glibc.listen(first, backlog))
    #elseif canImport(Musl)
      try Self.check("listen", Musl.listen(first, backlog))
    #else
      try Self.check("listen", Darwin.listen(first, backlog))
    #endif
  }

  /// Connects to itself until the kernel takes no more. The connections stay open: nobody ever accepts them.
  mutating func fillQueue() throws {
    for _ in 0..<Self.fillersMax {
      let descriptor = try Self.open(address)
      descriptors.append(descriptor)
      let result = address.withSockAddr { pointer, size in connect(descriptor, pointer, socklen_t(size)) }
      if result == 0 { continue }
      switch errno {
      case EAGAIN: return
      case EINPROGRESS:
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // Loopback answers within microseconds where it answers at all.
        if poll(&entry, 1, 50) == 0 { return }
      default: throw LabError.systemCall("connect", errno: errno)
      }
    }
    throw LabError.queueNotFull
  }

  mutating func close() {
    for descriptor in descriptors {
      #if canImport(Glibc)
        _ = Glibc.close(descriptor)
      #elseif canImport(Musl)
        _ = Musl.close(descriptor)
      #else
        _ = Darwin.close(descriptor)
      #endif
    }
    descriptors = []
  }

  private static func open(_ address: SocketAddress) throws -> Int32 {
    let family =
      switch address.protocol {
      case .inet6: AF_INET6
      case .unix: AF_UNIX
      default: AF_INET
      }
    #if canImport(Glibc)
      let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(family, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw LabError.systemCall("socket", errno: errno) }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  private func localAddress(of descriptor: Int32, host: SocketAddress) throws -> SocketAddress {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    try Self.check("getsockname", result)
    // Both families keep the port at the same place, in network byte order.
    let port = withUnsafeBytes(of: &storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    return try SocketAddress(ipAddress: host.ipAddress ?? "127.0.0.1", port: Int(port))
  }

  private static func check(_ call: String, _ result: Int32) throws {
    if result != 0 { throw LabError.systemCall(call, errno: errno) }
  }
}
