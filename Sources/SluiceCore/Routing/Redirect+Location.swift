extension Redirect {
  /// The value of Location for a request, nil where the template needs a host and the request has none.
  ///
  /// `${host}` is the host without its port, `${path}` the path and `${query}` the query; a `?` right before an empty
  /// `${query}` goes with it. What a client put into them cannot leave the field or the place in the URL: bytes that do
  /// not belong into a URL are percent-encoded, and a path in front is never one that a browser takes for a host
  /// (`//`).
  public func expanded(host: RawSpan, path: RawSpan, query: RawSpan) -> [UInt8]? {
    let template = Array(location.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(template.count + path.byteCount + query.byteCount)
    var offset = 0
    while offset < template.count {
      let rest = template[offset...]
      if rest.starts(with: "${host}".utf8) {
        guard host.byteCount > 0 else { return nil }
        Self.append(host.extracting(Self.withoutPort(host)), to: &output)
        offset += 7
      } else if rest.starts(with: "${path}".utf8) {
        Self.append(path, to: &output)
        offset += 7
      } else if rest.starts(with: "${query}".utf8) {
        if query.byteCount == 0, output.last == 0x3F { output.removeLast() }
        Self.append(query, to: &output)
        offset += 8
      } else {
        output.append(template[offset])
        offset += 1
      }
    }
    while !template.starts(with: "//".utf8), output.starts(with: "//".utf8) { output.removeFirst() }
    return output
  }

  private static func withoutPort(_ host: RawSpan) -> Range<Int> {
    let start = host.octet(0) == 0x5B ? host.firstOffset(of: 0x5D, from: 0) ?? 0 : 0
    return 0..<(host.firstOffset(of: 0x3A, from: start) ?? host.byteCount)
  }

  private static func append(_ text: RawSpan, to output: inout [UInt8]) {
    for offset in 0..<text.byteCount {
      let byte = text.octet(offset)
      switch byte {
      // Controls, space, `"`, `<`, `>`, `\`, `^`, backtick, `{`, `|`, `}`, DEL and all that is not ASCII.
      case 0...0x20, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x7F...0xFF:
        output.append(0x25)
        output.append(hexDigit(byte >> 4))
        output.append(hexDigit(byte & 15))
      default:
        output.append(byte)
      }
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x41 + value - 10 }
}
