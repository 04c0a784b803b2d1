internal import Glibc
public import SluiceCore

/// Addresses as text, both ways.
public enum AddressLiteral {
  /// `192.0.2.1`, `2001:db8::1` or `[2001:db8::1]`; nil for everything else, zones (`fe80::1%eth0`) included.
  public static func parse(_ text: some StringProtocol) -> EndpointAddress? {
    if text.hasPrefix("["), text.hasSuffix("]") { return parseV6(String(text.dropFirst().dropLast())) }
    return parseV4(String(text)) ?? parseV6(String(text))
  }

  /// As `parse`, with `:port` where one is written: `192.0.2.1:53`, `[2001:db8::1]:53`.
  ///
  /// - Parameter defaultPort: the port where none is written.
  public static func parse(_ text: some StringProtocol, defaultPort: UInt16) -> EndpointAddress? {
    if var address = parse(text) {
      address.port = defaultPort
      return address
    }
    guard let colon = text.lastIndex(of: ":"), var address = parse(text[..<colon]) else { return nil }
    // Without brackets the last group of an IPv6 address would pass for a port.
    guard address.family == .v4 || text.hasPrefix("[") else { return nil }
    guard let port = UInt16(text[text.index(after: colon)...]), port > 0 else { return nil }
    address.port = port
    return address
  }

  /// The address without its port; an IPv6 address in the form of RFC 5952. Empty where there is none.
  public static func text(_ address: EndpointAddress) -> String {
    switch address.family {
    case .none: return ""
    case .unix: return "unix"
    case .v4:
      return (0..<4).map { String(address.high >> (56 - 8 * UInt64($0)) & 0xFF) }.joined(separator: ".")
    case .v6:
      var words = in6_addr()
      withUnsafeMutableBytes(of: &words) {
        $0.storeBytes(of: address.high.bigEndian, as: UInt64.self)
        $0.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
      }
      var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      guard inet_ntop(AF_INET6, &words, &buffer, socklen_t(buffer.count)) != nil else { return "" }
      return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  /// The address with its port: `192.0.2.1:53`, `[2001:db8::1]:53`.
  public static func textWithPort(_ address: EndpointAddress) -> String {
    address.family == .v6 ? "[\(text(address))]:\(address.port)" : "\(text(address)):\(address.port)"
  }

  private static func parseV4(_ text: String) -> EndpointAddress? {
    var bytes = in_addr()
    guard !text.utf8.contains(0), inet_pton(AF_INET, text, &bytes) == 1 else { return nil }
    return EndpointAddress(family: .v4, high: UInt64(UInt32(bigEndian: bytes.s_addr)) << 32)
  }

  private static func parseV6(_ text: String) -> EndpointAddress? {
    var bytes = in6_addr()
    guard !text.utf8.contains(0), inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
    return withUnsafeBytes(of: bytes) {
      EndpointAddress(
        family: .v6, high: UInt64(bigEndian: $0.load(as: UInt64.self)),
        low: UInt64(bigEndian: $0.load(fromByteOffset: 8, as: UInt64.self)))
    }
  }
}
