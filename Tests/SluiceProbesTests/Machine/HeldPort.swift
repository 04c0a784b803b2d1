import Glibc

/// A port of this machine that nobody else gets, and at which nobody listens: the kernel gives one that is free to
/// whoever wants any, and the tests beside this one want many.
final class HeldPort {
  private let descriptor: Int32

  /// nil: somebody has it already.
  ///
  /// - Parameter isShared: beside an application that allows it (SO_REUSEPORT), whose listening socket gets every
  ///   connection.
  init?(_ port: UInt16, on host: String = "127.0.0.1", isShared: Bool = false) {
    let isSix = host.contains(":")
    descriptor = socket(isSix ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var one: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    if isShared { setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &one, size) }
    let isBound: Bool
    if isSix {
      setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &one, size)
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      inet_pton(AF_INET6, host, &address.sin6_addr)
      isBound = Self.bind(descriptor, &address)
    } else {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      inet_pton(AF_INET, host, &address.sin_addr)
      isBound = Self.bind(descriptor, &address)
    }
    guard isBound else { return nil }
  }

  private static func bind<Address>(_ descriptor: Int32, _ address: inout Address) -> Bool {
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0
      }
    }
  }

  deinit { close(descriptor) }
}
