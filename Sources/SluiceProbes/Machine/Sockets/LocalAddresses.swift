internal import Glibc
internal import SluiceCore

/// The addresses of this machine.
enum LocalAddresses {
  /// Addresses of all interfaces.
  static func all() -> Set<EndpointAddress> {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    var found: Set<EndpointAddress> = []
    var next = first
    while let interface = next {
      if let address = interface.pointee.ifa_addr, let numeric = numeric(address) { found.insert(numeric) }
      next = interface.pointee.ifa_next
    }
    return found
  }

  private static func numeric(_ address: UnsafeMutablePointer<sockaddr>) -> EndpointAddress? {
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { v4 in
        .v4(UInt32(bigEndian: v4.pointee.sin_addr.s_addr))
      }
    case AF_INET6:
      return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { v6 in
        withUnsafeBytes(of: v6.pointee.sin6_addr) { bytes in
          .v6(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
      }
    default: return nil
    }
  }

  /// Whether an address is one of this machine; loopback and the unspecified address are.
  static func isLocal(_ address: EndpointAddress, among all: Set<EndpointAddress>) -> Bool {
    let plain = address.with(port: 0).unmapped
    switch plain.family {
    case .v4: return plain.octet(0) == 127 || plain.isEmpty || all.contains(plain)
    case .v6: return plain.isEmpty || plain == .v6(high: 0, low: 1) || all.contains(plain)
    case .none, .unix: return false
    }
  }
}
