/// Host and port (RFC 3986 3.2.2, 3.2.3), checked and divided.
struct Authority {
  /// A name, an IPv4 address, or an IPv6 address with its brackets.
  var host: ByteRange
  /// The digits behind the colon; empty where there are none.
  var port: ByteRange

  /// Nil where the bytes are no `host [":" port]`. An empty host is left to the caller.
  init?(_ bytes: RawSpan, _ range: ByteRange) {
    let start = Int(range.lowerBound)
    let end = Int(range.upperBound)
    var position = start
    if position < end, bytes.byte(at: position) == 0x5b {
      let close = bytes.firstIndex(of: 0x5d, from: position, to: end)
      guard close < end, Authority.isIPv6(bytes, position + 1, close) else { return nil }
      position = close + 1
    } else {
      while position < end, bytes.byte(at: position) != ASCII.colon {
        let byte = bytes.byte(at: position)
        if ASCII.isHostName(byte) {
          position &+= 1
        } else if byte == 0x25, position + 2 < end, ASCII.hexValue(bytes.byte(at: position + 1)) != nil,
          ASCII.hexValue(bytes.byte(at: position + 2)) != nil
        {
          position &+= 3
        } else {
          return nil
        }
      }
    }
    host = ByteRange(start, position)
    port = .empty
    guard position < end else { return }
    guard bytes.byte(at: position) == ASCII.colon else { return nil }
    port = ByteRange(position + 1, end)
    guard Authority.isPort(bytes, port) else { return nil }
  }

  /// At most 65535; an empty port is allowed by RFC 3986 and means the default.
  private static func isPort(_ bytes: RawSpan, _ port: ByteRange) -> Bool {
    guard port.count <= 5 else { return false }
    var value = 0
    for offset in port.offsets {
      let digit = bytes.byte(at: offset) &- 0x30
      guard digit < 10 else { return false }
      value = value * 10 + Int(digit)
    }
    return value <= 65535
  }

  /// Eight groups of hexadecimal digits, or fewer around one `::`; the last two may be an IPv4 address.
  private static func isIPv6(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
    var groups = 0
    var isCompressed = false
    var position = start
    while position < end {
      if bytes.byte(at: position) == ASCII.colon {
        let isDouble = position + 1 < end && bytes.byte(at: position + 1) == ASCII.colon
        if isDouble {
          if isCompressed { return false }
          isCompressed = true
          position += 2
          continue
        }
        guard position > start, position + 1 < end else { return false }
        position += 1
      } else if groups > 0, bytes.byte(at: position - 1) != ASCII.colon {
        return false
      }
      var groupEnd = position
      while groupEnd < end, ASCII.hexValue(bytes.byte(at: groupEnd)) != nil { groupEnd += 1 }
      if groupEnd < end, bytes.byte(at: groupEnd) == 0x2e {
        guard isIPv4(bytes, position, end) else { return false }
        groups += 2
        return isCompressed ? groups < 8 : groups == 8
      }
      guard groupEnd > position, groupEnd - position <= 4 else { return false }
      groups += 1
      position = groupEnd
    }
    return isCompressed ? groups < 8 : groups == 8
  }

  private static func isIPv4(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
    var parts = 0
    var position = start
    while true {
      var value = 0
      let partStart = position
      while position < end, ASCII.isDigit(bytes.byte(at: position)), position - partStart < 3 {
        value = value * 10 + Int(bytes.byte(at: position) - 0x30)
        position += 1
      }
      guard position > partStart, value <= 255 else { return false }
      parts += 1
      if parts == 4 { return position == end }
      guard position < end, bytes.byte(at: position) == 0x2e else { return false }
      position += 1
    }
  }

  /// Both name the same host, and the same port unless ports do not matter. A missing port is `defaultPort`.
  func isSame(as other: Authority, _ bytes: RawSpan, defaultPort: StaticString, comparingPorts: Bool) -> Bool {
    guard host.count == other.host.count else { return false }
    for (one, two) in zip(host.offsets, other.host.offsets) {
      guard ASCII.lowercased(bytes.byte(at: one)) == ASCII.lowercased(bytes.byte(at: two)) else { return false }
    }
    guard comparingPorts else { return true }
    func isDefault(_ port: ByteRange) -> Bool { port.isEmpty || bytes.matches(port, lowercased: defaultPort) }
    if isDefault(port), isDefault(other.port) { return true }
    guard port.count == other.port.count else { return false }
    return zip(port.offsets, other.port.offsets).allSatisfy { bytes.byte(at: $0) == bytes.byte(at: $1) }
  }
}
