extension EndpointAddress {
  /// Reads `127.0.0.1`, `127.0.0.1:80`, `::1`, `[::1]` or `[::1]:80`; without a port it is 0.
  ///
  /// Strict: no name, no leading zeros that some parsers take for octal, no zone (`%eth0`), no spaces.
  public init?(_ text: RawSpan) {
    guard text.byteCount > 0 else { return nil }
    if text.octet(0) == 0x5B {
      guard let end = text.firstOffset(of: 0x5D, from: 1), let address = Self.parsedV6(text.extracting(1..<end)) else {
        return nil
      }
      guard let port = Self.parsedPort(after: end + 1, in: text) else { return nil }
      self = address.with(port: port)
      return
    }
    let colon = text.firstOffset(of: 0x3A, from: 0)
    if let colon, text.firstOffset(of: 0x3A, from: colon + 1) != nil {
      guard let address = Self.parsedV6(text) else { return nil }
      self = address
      return
    }
    let end = colon ?? text.byteCount
    guard let address = Self.parsedV4(text.extracting(0..<end)), let port = Self.parsedPort(after: end, in: text) else {
      return nil
    }
    self = .v4(address, port: port)
  }

  public init?(_ text: String) {
    var copy = text
    guard let address = copy.withUTF8({ EndpointAddress($0.span.bytes) }) else { return nil }
    self = address
  }

  /// 0 where nothing follows, else `:` and 0 to 65535.
  private static func parsedPort(after offset: Int, in text: RawSpan) -> UInt16? {
    if offset == text.byteCount { return 0 }
    let digits = text.byteCount - offset - 1
    guard text.octet(offset) == 0x3A, 1...5 ~= digits else { return nil }
    var port: UInt32 = 0
    for index in (offset + 1)..<text.byteCount {
      let digit = text.octet(index) &- 0x30
      guard digit < 10 else { return nil }
      port = port * 10 + UInt32(digit)
    }
    return UInt16(exactly: port)
  }

  static func parsedV4(_ text: RawSpan) -> UInt32? {
    guard 7...15 ~= text.byteCount else { return nil }
    var number: UInt32 = 0
    var octet: UInt32 = 0
    var digits = 0
    var dots = 0
    for offset in 0..<text.byteCount {
      let byte = text.octet(offset)
      if byte == 0x2E {
        guard digits > 0, dots < 3 else { return nil }
        number = number << 8 | octet
        (octet, digits, dots) = (0, 0, dots + 1)
        continue
      }
      let digit = byte &- 0x30
      guard digit < 10, digits < 3, !(digits > 0 && octet == 0) else { return nil }
      octet = octet * 10 + UInt32(digit)
      digits += 1
      guard octet <= 255 else { return nil }
    }
    guard dots == 3, digits > 0 else { return nil }
    return number << 8 | octet
  }

  /// RFC 4291 section 2.2, all three forms.
  static func parsedV6(_ text: RawSpan) -> EndpointAddress? {
    guard 2...45 ~= text.byteCount else { return nil }
    var groups = V6Groups()
    var offset = 0
    if text.octet(0) == 0x3A {
      guard text.octet(1) == 0x3A else { return nil }
      groups.compress()
      offset = 2
    }
    while offset < text.byteCount {
      let end = text.firstOffset(of: 0x3A, from: offset) ?? text.byteCount
      let part = text.extracting(offset..<end)
      if end == text.byteCount, part.byteCount > 4 {
        guard let tail = parsedV4(part), groups.append(tail >> 16), groups.append(tail & 0xffff) else { return nil }
        break
      }
      guard let value = hexGroup(part), groups.append(value) else { return nil }
      offset = end + 1
      guard end < text.byteCount else { break }
      // A single colon at the end closes nothing.
      guard offset < text.byteCount else { return nil }
      if text.octet(offset) == 0x3A {
        guard groups.compress() else { return nil }
        offset += 1
      }
    }
    return groups.address
  }

  private static func hexGroup(_ text: RawSpan) -> UInt32? {
    guard 1...4 ~= text.byteCount else { return nil }
    var value: UInt32 = 0
    for offset in 0..<text.byteCount {
      guard let digit = text.octet(offset).hexValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

/// The groups of an IPv6 address as they are read.
private struct V6Groups {
  private var number: UInt128 = 0
  private var count = 0
  /// Groups in front of `::`.
  private var compressedAt: Int?

  /// False where there is no room.
  mutating func append(_ group: UInt32) -> Bool {
    guard count < 8 else { return false }
    number = number << 16 | UInt128(group)
    count += 1
    return true
  }

  /// False where there was a `::` before.
  @discardableResult
  mutating func compress() -> Bool {
    guard compressedAt == nil else { return false }
    compressedAt = count
    return true
  }

  /// nil where groups are missing, or `::` stands for none.
  var address: EndpointAddress? {
    var whole = number
    if let compressedAt {
      guard count < 8 else { return nil }
      let behind = UInt128(16 * (count - compressedAt))
      let front = number >> behind
      let tail = number & ((UInt128(1) << behind) - 1)
      whole = compressedAt == 0 ? tail : front << UInt128(16 * (8 - compressedAt)) | tail
    } else if count != 8 {
      return nil
    }
    return .v6(high: UInt64(truncatingIfNeeded: whole >> 64), low: UInt64(truncatingIfNeeded: whole))
  }
}
