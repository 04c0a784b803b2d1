internal import SluiceCore

/// TCP sockets as the kernel's `inet_diag` tells them: with the bound of an accept queue, which `/proc/net/tcp` lacks.
enum SocketDiagnostics {
  private static let v4: UInt8 = 2
  private static let v6: UInt8 = 10
  private static let tcp: UInt8 = 6
  /// `INET_DIAG_SKV6ONLY`, present for sockets of IPv6.
  private static let v6OnlyAttribute: UInt16 = 11
  private static let messageLength = 72

  /// - Parameters:
  ///   - states: that are asked for, by their numbers.
  ///   - port: of this side; nil: all.
  ///   - remotePort: of the other side; nil: all.
  static func question(isV6: Bool, states: [UInt8], port: UInt16?, remotePort: UInt16? = nil) -> [UInt8] {
    var bytes = NetlinkBytes()
    bytes.append(isV6 ? v6 : v4)
    bytes.append(tcp)
    bytes.append(zeros: 2)
    bytes.append(states.reduce(UInt32(0)) { $0 | 1 << UInt32($1) })
    bytes.append((port ?? 0).bigEndian)
    bytes.append((remotePort ?? 0).bigEndian)
    bytes.append(zeros: 32 + 4)
    // No cookie: any socket.
    bytes.append(UInt64.max)
    return bytes.bytes
  }

  /// `struct inet_diag_msg` and its attributes.
  static func entry(_ message: ArraySlice<UInt8>) -> SocketEntry? {
    guard message.count >= messageLength, let family = message.first, let state = message.number(UInt8.self, at: 1),
      let local = address(message, family: family, address: 8, port: 4),
      let remote = address(message, family: family, address: 24, port: 6),
      let received = message.number(UInt32.self, at: 56), let sent = message.number(UInt32.self, at: 60),
      let user = message.number(UInt32.self, at: 64), let inode = message.number(UInt32.self, at: 68)
    else { return nil }
    let only = NetlinkAttributes.value(v6OnlyAttribute, in: message.dropFirst(messageLength))
    return SocketEntry(
      local: local, remote: remote, state: state, receiveQueue: Int(received), sendQueue: Int(sent), user: user,
      inode: UInt64(inode), isV6Only: only.flatMap { $0.first.map { $0 != 0 } })
  }

  private static func address(
    _ message: ArraySlice<UInt8>, family: UInt8, address: Int, port: Int
  ) -> EndpointAddress? {
    guard let port = message.number(UInt16.self, at: port).map(UInt16.init(bigEndian:)),
      let high = message.number(UInt64.self, at: address).map(UInt64.init(bigEndian:)),
      let low = message.number(UInt64.self, at: address + 8).map(UInt64.init(bigEndian:))
    else { return nil }
    switch family {
    case v4: return .v4(UInt32(truncatingIfNeeded: high >> 32), port: port)
    case v6: return .v6(high: high, low: low, port: port)
    default: return nil
    }
  }
}
