extension LinePrefix {
  /// The product that a program's name tells.
  @inline(__always)
  static func writer(_ line: RawSpan, _ start: Int, _ end: Int) -> LogProduct? {
    guard end > start else { return nil }
    switch line.byte(at: start) {
    case 0x68: return name(line, start, end, [("haproxy", .haproxy), ("httpd", .httpd)])
    case 0x6E: return name(line, start, end, [("nginx", .nginx), ("nghttpx", .nghttpx)])
    case 0x61: return name(line, start, end, [("apache2", .httpd)])
    case 0x65: return name(line, start, end, [("envoy", .envoy)])
    case 0x63: return name(line, start, end, [("caddy", .caddy)])
    case 0x74: return name(line, start, end, [("traefik", .traefik), ("traffic_server", .ats)])
    case 0x73: return name(line, start, end, [("sluice", .sluice)])
    case 0x76: return name(line, start, end, [("varnishd", .varnish), ("varnishncsa", .varnish)])
    default: return nil
    }
  }

  private static func name(
    _ line: RawSpan, _ start: Int, _ end: Int, _ names: [(StaticString, LogProduct)]
  ) -> LogProduct? {
    for (name, product) in names where name.utf8CodeUnitCount == end - start && line.has(name, at: start) {
      return product
    }
    return nil
  }

  /// Where the line begins behind what tools that show the logs of several containers at once put before it:
  /// `web-1  | ` or `[pod/web-7/nginx] `.
  static func containerEnd(_ line: RawSpan) -> Int? {
    let limit = min(line.byteCount, nameMax)
    guard limit > 4 else { return nil }
    if line.has("[pod/", at: 0) {
      let close = ByteScan.first(0x5D, in: line, from: 5, to: limit)
      return close + 2 < line.byteCount && line.byte(at: close) == 0x5D && line.byte(at: close + 1) == 0x20
        ? close + 2 : nil
    }
    let bar = ByteScan.first(0x7C, in: line, from: 0, to: limit)
    guard bar > 1, bar + 2 < line.byteCount, bar < limit, line.byte(at: bar - 1) == 0x20,
      line.byte(at: bar + 1) == 0x20
    else { return nil }
    for index in 0..<bar {
      let byte = line.byte(at: index)
      let isName = byte.isASCIILetterOrDigit || byte == 0x2D || byte == 0x5F || byte == 0x2E || byte == 0x20
      if !isName { return nil }
    }
    return bar + 2
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
  fileprivate var isASCIILetterOrDigit: Bool { isASCIIDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) }
}
