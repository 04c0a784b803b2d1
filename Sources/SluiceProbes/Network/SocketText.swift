internal import Glibc
internal import SluiceCore

/// Addresses of sockets as text, both ways.
enum SocketText {
  /// `127.0.0.1:3000` or `[::1]:3000`.
  static func internet(_ text: String) -> (sockaddr_storage, socklen_t)? {
    guard let address = EndpointAddress(text) else { return nil }
    var storage = sockaddr_storage()
    switch address.family {
    case .v4:
      storage.ss_family = sa_family_t(AF_INET)
      withUnsafeMutableBytes(of: &storage) { bytes in
        bytes.storeBytes(of: address.port.bigEndian, toByteOffset: 2, as: UInt16.self)
        bytes.storeBytes(of: UInt32(address.high >> 32).bigEndian, toByteOffset: 4, as: UInt32.self)
      }
      return (storage, socklen_t(MemoryLayout<sockaddr_in>.size))
    case .v6:
      storage.ss_family = sa_family_t(AF_INET6)
      withUnsafeMutableBytes(of: &storage) { bytes in
        bytes.storeBytes(of: address.port.bigEndian, toByteOffset: 2, as: UInt16.self)
        bytes.storeBytes(of: address.high.bigEndian, toByteOffset: 8, as: UInt64.self)
        bytes.storeBytes(of: address.low.bigEndian, toByteOffset: 16, as: UInt64.self)
      }
      return (storage, socklen_t(MemoryLayout<sockaddr_in6>.size))
    case .none, .unix: return nil
    }
  }

  static func unix(_ path: String) -> (sockaddr_storage, socklen_t)? {
    let bytes = Array(path.utf8)
    // The kernel's `sun_path` has 108 bytes, its end included.
    guard bytes.count < 108 else { return nil }
    var storage = sockaddr_storage()
    storage.ss_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &storage) { place in
      for (index, byte) in bytes.enumerated() { place[2 + index] = byte }
    }
    return (storage, socklen_t(MemoryLayout<sockaddr_un>.size))
  }

  /// With its port where it has one; nil for an address of another kind.
  static func text(_ storage: sockaddr_storage) -> String? {
    withUnsafeBytes(of: storage) { text(Array($0)) }
  }

  /// - Parameter bytes: a `sockaddr`, its family first.
  static func text(_ bytes: [UInt8]) -> String? {
    bytes.withUnsafeBytes { raw -> String? in
      guard raw.count >= 8 else { return nil }
      let port = UInt16(bigEndian: raw.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
      switch Int32(raw.loadUnaligned(as: UInt16.self)) {
      case AF_INET:
        var address = EndpointAddress.v4(UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        address.port = port
        return address.description
      case AF_INET6 where raw.count >= 24:
        var address = EndpointAddress.v6(
          high: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
          low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)))
        address.port = port
        return address.description
      default: return nil
      }
    }
  }
}
