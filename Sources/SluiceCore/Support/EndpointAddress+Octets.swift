extension EndpointAddress {
  public static func v4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, port: UInt16 = 0) -> EndpointAddress {
    v4(UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d), port: port)
  }

  /// The first octet is the most significant byte of the number.
  public static func v4(_ number: UInt32, port: UInt16 = 0) -> EndpointAddress {
    EndpointAddress(family: .v4, port: port, high: UInt64(number) << 32)
  }

  /// The first octet is the most significant byte of `high`.
  public static func v6(high: UInt64, low: UInt64, port: UInt16 = 0) -> EndpointAddress {
    EndpointAddress(family: .v6, port: port, high: high, low: low)
  }

  /// The octet at an index in network order: below 4 for IPv4, below 16 for IPv6.
  public func octet(_ index: Int) -> UInt8 {
    let word = index < 8 ? high : low
    return UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index & 7)))
  }

  /// The IPv4 address as a number.
  var v4Number: UInt32 { UInt32(truncatingIfNeeded: high >> 32) }

  var v6Number: UInt128 { UInt128(high) << 64 | UInt128(low) }

  /// An IPv4 address that came in its IPv6 form (`::ffff:10.0.0.1`, RFC 4291 section 2.5.5.2) as IPv4: a socket that
  /// listens for both hands it out in that form, and a rule written for one of them means both.
  public var unmapped: EndpointAddress {
    guard family == .v6, high == 0, low >> 32 == 0xffff else { return self }
    return .v4(UInt32(truncatingIfNeeded: low), port: port)
  }

  /// What one client has: an IPv4 address, or the first 64 bits of an IPv6 address (RFC 4291 section 2.5.1).
  public var network: EndpointAddress {
    let plain = unmapped.with(port: 0)
    return plain.family == .v6 ? .v6(high: plain.high, low: 0) : plain
  }

  /// The same address with another port.
  public func with(port: UInt16) -> EndpointAddress {
    var copy = self
    copy.port = port
    return copy
  }
}
