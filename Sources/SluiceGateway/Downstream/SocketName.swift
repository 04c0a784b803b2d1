internal import Glibc
internal import SluiceCore

/// What the kernel says of a socket's address.
enum SocketName {
  /// nil where it is neither TCP nor a Unix socket with a path, or no stream socket.
  static func of(_ descriptor: Int32) -> BoundAddress? {
    var kind: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &kind, &size) == 0, kind == Int32(SOCK_STREAM.rawValue) else {
      return nil
    }
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0 else { return nil }
    return withUnsafeBytes(of: storage) { read($0, family: Int32(storage.ss_family), length: Int(length)) }
  }

  private static func read(_ bytes: UnsafeRawBufferPointer, family: Int32, length: Int) -> BoundAddress? {
    switch family {
    case AF_INET:
      let address = bytes.loadUnaligned(as: sockaddr_in.self)
      return .tcp(
        .v4(UInt32(bigEndian: address.sin_addr.s_addr), port: UInt16(bigEndian: address.sin_port)))
    case AF_INET6:
      // sin6_addr begins at byte 8.
      let high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      let low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
      let port = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
      return .tcp(.v6(high: high, low: low, port: port))
    case AF_UNIX:
      let offset = 2
      guard length > offset, length <= bytes.count, bytes[offset] != 0 else { return nil }
      let path = bytes[offset..<length].prefix { $0 != 0 }
      return .unix(path: String(decoding: path, as: UTF8.self))
    default:
      return nil
    }
  }
}
