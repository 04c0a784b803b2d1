/// The addresses that share a prefix: `10.0.0.0/8`, `2001:db8::/32`, `::1`, or `unix` for Unix sockets.
///
/// IPv4 and IPv6 are kept apart: `::/0` holds no IPv4 address. The IPv6 form of an IPv4 address counts as IPv4 on both
/// sides.
public struct AddressRange: Hashable, Sendable {
  /// Of the range's first address; its port is 0.
  public let first: EndpointAddress
  /// Bits: 0 to 32 for IPv4, 0 to 128 for IPv6, 0 for Unix.
  public let prefixLength: Int

  /// Why a text is not a range.
  public enum Mistake: Error, Hashable, Sendable {
    case address
    case prefixLength
    /// Bits behind the prefix are set: what was meant is either the address or the range.
    case hostBits(suggestion: String)
  }

  public init(_ text: String) throws(Mistake) {
    var copy = text
    let result: Result<AddressRange, Mistake> = copy.withUTF8 { bytes in
      do throws(Mistake) {
        return .success(try AddressRange(bytes.span.bytes))
      } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }

  public init(_ text: RawSpan) throws(Mistake) {
    if text.isEqual(to: Array("unix".utf8)) {
      first = .unix
      prefixLength = 0
      return
    }
    let slash = text.firstOffset(of: 0x2F, from: 0)
    let host = text.extracting(0..<(slash ?? text.byteCount))
    guard let address = Self.address(host) else { throw .address }
    let bits = address.family == .v4 ? 32 : 128
    var length = bits
    if let slash {
      guard let parsed = Self.length(text.extracting((slash + 1)..<text.byteCount)), parsed <= bits else {
        throw .prefixLength
      }
      length = parsed
    }
    let network = Self.masked(address, length)
    guard network == address else { throw .hostBits(suggestion: "\(network)/\(length)") }
    // A range of mapped addresses is one of IPv4, as long as its prefix reaches into the IPv4 part.
    if network.family == .v6, network.unmapped.family == .v4, length >= 96 {
      first = network.unmapped
      prefixLength = length - 96
    } else {
      first = network
      prefixLength = length
    }
  }

  public func contains(_ address: EndpointAddress) -> Bool {
    let plain = address.unmapped
    guard plain.family == first.family, plain.family != .none else { return false }
    return Self.masked(plain, prefixLength).with(port: 0) == first
  }

  /// The last address.
  var last: EndpointAddress {
    switch first.family {
    case .none, .unix: first
    case .v4: .v4(first.v4Number | ~Self.mask32(prefixLength))
    case .v6:
      .v6(high: first.high | ~Self.mask64(prefixLength), low: first.low | ~Self.mask64(prefixLength - 64))
    }
  }

  private static func address(_ text: RawSpan) -> EndpointAddress? {
    if let number = EndpointAddress.parsedV4(text) { return .v4(number) }
    return EndpointAddress.parsedV6(text)
  }

  private static func length(_ text: RawSpan) -> Int? {
    guard 1...3 ~= text.byteCount else { return nil }
    var value = 0
    for offset in 0..<text.byteCount {
      let digit = text.octet(offset) &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  private static func masked(_ address: EndpointAddress, _ length: Int) -> EndpointAddress {
    switch address.family {
    case .none, .unix: address
    case .v4: .v4(address.v4Number & mask32(length), port: address.port)
    case .v6:
      .v6(high: address.high & mask64(length), low: address.low & mask64(length - 64), port: address.port)
    }
  }

  private static func mask32(_ length: Int) -> UInt32 { length <= 0 ? 0 : ~0 << UInt32(32 - min(length, 32)) }

  private static func mask64(_ length: Int) -> UInt64 { length <= 0 ? 0 : ~0 << UInt64(64 - min(length, 64)) }
}

extension AddressRange: CustomStringConvertible {
  /// As it would be written, always with its prefix length.
  public var description: String { first.family == .unix ? "unix" : "\(first)/\(prefixLength)" }
}
