internal import NIOCore
internal import SluiceCore

// Between NIO's addresses and the trivial ones of records.

extension EndpointAddress {
  init(_ address: SocketAddress) {
    switch address {
    case .v4(let address):
      self = .v4(UInt32(bigEndian: address.address.sin_addr.s_addr), port: UInt16(bigEndian: address.address.sin_port))
    case .v6(let address):
      let words = withUnsafeBytes(of: address.address.sin6_addr) { bytes in
        (
          UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
          UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
      }
      self = .v6(high: words.0, low: words.1, port: UInt16(bigEndian: address.address.sin6_port))
    case .unixDomainSocket:
      self = .unix
    }
  }

  /// The address without brackets and port.
  var hostText: [UInt8] {
    var bytes: [UInt8] = []
    appendHost(to: &bytes)
    return bytes
  }
}

extension SocketAddress {
  /// nil where the address is not one of the internet's.
  init?(_ address: EndpointAddress, port: UInt16) {
    guard let made = try? SocketAddress(ipAddress: String(decoding: address.hostText, as: UTF8.self), port: Int(port))
    else { return nil }
    self = made
  }
}
