/// Writes the header of the PROXY protocol that a connection to an endpoint begins with.
///
/// The form is that of HAProxy's `proxy-protocol.txt`, sections 2.1 (text) and 2.2 (binary). Nothing of it is a secret:
/// it goes in front of TLS.
public struct ProxyHeaderWriter: Sendable {
  /// Binary, else text.
  public var isBinary: Bool

  public init(isBinary: Bool) { self.isBinary = isBinary }

  /// - Parameters:
  ///   - client: whom the connection is for. One without an address (a Unix socket) or nil: the gateway speaks for
  ///     itself, as for a check.
  ///   - destination: where the client connected to; where that is not known or is no address, the wildcard address of
  ///     the client's family, port 0.
  public func bytes(client: EndpointAddress?, destination: EndpointAddress) -> [UInt8] {
    guard let client, client.family == .v4 || client.family == .v6 else {
      return isBinary ? Self.signature + [0x20, 0x00, 0x00, 0x00] : Array("PROXY UNKNOWN\r\n".utf8)
    }
    let (source, target) = Self.sameFamily(client, destination)
    return isBinary ? Self.binary(source, target) : Self.text(source, target)
  }

  private static let signature: [UInt8] = [
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
  ]

  /// A header has one family: where one of the two is IPv6, the other is told in its IPv6 form.
  private static func sameFamily(
    _ client: EndpointAddress, _ destination: EndpointAddress
  ) -> (EndpointAddress, EndpointAddress) {
    switch (client.family, destination.family) {
    case (.v4, .v4), (.v6, .v6): (client, destination)
    case (.v4, .v6): (mapped(client), destination)
    case (.v6, .v4): (client, mapped(destination))
    case (.v4, _): (client, .v4(0))
    default: (client, .v6(high: 0, low: 0))
    }
  }

  /// RFC 4291 section 2.5.5.2.
  private static func mapped(_ address: EndpointAddress) -> EndpointAddress {
    .v6(high: 0, low: 0xFFFF << 32 | address.high >> 32, port: address.port)
  }

  private static func text(_ source: EndpointAddress, _ target: EndpointAddress) -> [UInt8] {
    let family = source.family == .v4 ? "TCP4" : "TCP6"
    return Array("PROXY \(family) \(host(source)) \(host(target)) \(source.port) \(target.port)\r\n".utf8)
  }

  /// Without port and brackets.
  private static func host(_ address: EndpointAddress) -> String {
    var bytes: [UInt8] = []
    address.appendHost(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func binary(_ source: EndpointAddress, _ target: EndpointAddress) -> [UInt8] {
    let count = source.family == .v4 ? 4 : 16
    var bytes = signature + [0x21, source.family == .v4 ? 0x11 : 0x21, 0x00, UInt8(2 * count + 4)]
    for address in [source, target] { bytes += (0..<count).map { address.octet($0) } }
    for address in [source, target] { bytes += [UInt8(address.port >> 8), UInt8(truncatingIfNeeded: address.port)] }
    return bytes
  }
}
