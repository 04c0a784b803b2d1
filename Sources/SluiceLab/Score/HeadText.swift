internal import NIOCore

/// The head of a response, taken apart, with the first thing in it that may not be sent (RFC 9110 section 5, RFC 9112
/// sections 2.2, 4 and 5).
struct HeadText {
  private(set) var status: UInt16?
  private(set) var fields: [(name: String, value: String)] = []
  private(set) var fault: String?

  init(_ bytes: [UInt8]) {
    var lines: [ArraySlice<UInt8>] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      if line.last != 0x0D { note("a line that ends with LF alone") }
      lines.append(line.last == 0x0D ? line.dropLast() : line)
    }
    readStatusLine(lines.first.map { Array($0) } ?? [])
    for line in lines.dropFirst() where !line.isEmpty {
      if let fault = Self.fault(inField: Array(line)) { note(fault) }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self).trimmingSpace
      fields.append((String(decoding: line[..<colon], as: UTF8.self), value))
    }
  }

  private mutating func note(_ text: String) { fault = fault ?? text }

  /// `HTTP/1.1 200 OK`, the reason may be empty or absent with its space.
  private mutating func readStatusLine(_ line: [UInt8]) {
    let parts = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
    let version = parts.first.map { String(decoding: $0, as: UTF8.self) }
    guard version == "HTTP/1.1" || version == "HTTP/1.0", parts.count > 1, parts[1].count == 3,
      let number = UInt16(String(decoding: parts[1], as: UTF8.self)), (100...999).contains(number)
    else { return note("a status line that is none") }
    status = number
    if parts.count > 2, parts[2].contains(where: Self.isControl) { note("a control character in the status line") }
  }

  /// How many bytes the head has with its empty line, nil where it has not ended.
  static func length(_ view: ByteBufferView, from start: Int) -> Int? {
    var index = view.startIndex + start
    while index < view.endIndex {
      if view[index] == 0x0A {
        let next = index + 1
        if next < view.endIndex, view[next] == 0x0A { return next + 1 - view.startIndex }
        if next + 1 < view.endIndex, view[next] == 0x0D, view[next + 1] == 0x0A { return next + 2 - view.startIndex }
      }
      index += 1
    }
    return nil
  }

  /// What is wrong with the line of a field, its end removed.
  static func fault(inField line: [UInt8]) -> String? {
    if line.first == 0x20 || line.first == 0x09 { return "a field that is folded" }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return "a line of the head that is no field" }
    if colon == 0 || !line[..<colon].allSatisfy(isToken) { return "a field's name that is no token" }
    if line[colon...].contains(where: isControl) { return "a control character in a field's value" }
    return nil
  }

  static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }
}
