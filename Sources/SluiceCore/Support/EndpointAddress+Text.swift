extension EndpointAddress: CustomStringConvertible {
  /// `127.0.0.1:80`, `[::1]:80` (RFC 5952), without the port where it is 0; `unix`; `none`.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes the text behind what is there.
  public func append(to bytes: inout [UInt8]) {
    switch family {
    case .none:
      bytes.append(contentsOf: "none".utf8)
      return
    case .unix:
      bytes.append(contentsOf: "unix".utf8)
      return
    case .v4:
      appendHost(to: &bytes)
    case .v6:
      if port != 0 { bytes.append(0x5B) }
      appendHost(to: &bytes)
      if port != 0 { bytes.append(0x5D) }
    }
    if port != 0 {
      bytes.append(0x3A)
      Self.appendDecimal(UInt32(port), to: &bytes)
    }
  }

  /// The address without brackets and port.
  public func appendHost(to bytes: inout [UInt8]) {
    switch family {
    case .none, .unix:
      return
    case .v4:
      appendV4(v4Number, to: &bytes)
    case .v6:
      appendV6(to: &bytes)
    }
  }

  private func appendV4(_ number: UInt32, to bytes: inout [UInt8]) {
    for shift in [24, 16, 8, 0] as [UInt32] {
      Self.appendDecimal(number >> shift & 0xff, to: &bytes)
      if shift > 0 { bytes.append(0x2E) }
    }
  }

  private func appendV6(to bytes: inout [UInt8]) {
    if unmapped.family == .v4 {
      bytes.append(contentsOf: "::ffff:".utf8)
      appendV4(UInt32(truncatingIfNeeded: low), to: &bytes)
      return
    }
    let zeros = longestZeroRun()
    var index = 0
    while index < 8 {
      if index == zeros.lowerBound, !zeros.isEmpty {
        bytes.append(0x3A)
        bytes.append(0x3A)
        index = zeros.upperBound
        continue
      }
      if index > 0, index != zeros.upperBound || zeros.isEmpty { bytes.append(0x3A) }
      Self.appendHex(group(index), to: &bytes)
      index += 1
    }
  }

  private func group(_ index: Int) -> UInt16 {
    UInt16(octet(2 * index)) << 8 | UInt16(octet(2 * index + 1))
  }

  /// RFC 5952 section 4.2: the first of the longest runs of two zero groups or more.
  private func longestZeroRun() -> Range<Int> {
    var best = 0..<0
    var start = 0
    for index in 0...8 {
      if index < 8, group(index) == 0 { continue }
      if index - start > max(best.count, 1) { best = start..<index }
      start = index + 1
    }
    return best
  }

  static func appendDecimal(_ number: UInt32, to bytes: inout [UInt8]) {
    if number >= 10 { appendDecimal(number / 10, to: &bytes) }
    bytes.append(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }

  private static func appendHex(_ number: UInt16, to bytes: inout [UInt8]) {
    if number >= 16 { appendHex(number >> 4, to: &bytes) }
    let digit = UInt8(truncatingIfNeeded: number & 15)
    bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
  }
}
