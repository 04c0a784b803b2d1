import Foundation
import TestSupport

/// Whether a request head can be read in one way only.
enum CanonicalHead {
  /// What is wrong with it, nil where nothing is.
  static func problem(_ head: [UInt8]) -> String? {
    for index in head.indices where head[index] == 0x0A && (index == 0 || head[index - 1] != 0x0D) {
      return "a bare LF"
    }
    for index in head.indices.dropLast() where head[index] == 0x0D && head[index + 1] != 0x0A { return "a bare CR" }
    if head.contains(where: { ($0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0)) || $0 == 0x7F }) {
      return "a control character"
    }
    let lines = text(head.dropLast(4)).components(separatedBy: "\r\n")
    let parts = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2] == "HTTP/1.1", !parts[0].isEmpty, !parts[1].isEmpty else {
      return "the request line"
    }
    return problem(ofFields: lines.dropFirst())
  }

  private static func problem(ofFields lines: ArraySlice<String>) -> String? {
    var lengths: [String] = []
    var codings: [String] = []
    var hosts = 0
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else { return "a line without a colon" }
      let name = line[..<colon].lowercased()
      guard !name.isEmpty, name.utf8.allSatisfy(isToken) else { return "the name '\(name)'" }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      switch name {
      case "content-length": lengths.append(value)
      case "transfer-encoding": codings.append(value)
      case "host": hosts += 1
      case _ where name.filter { $0.isLetter } == "contentlength" || name.filter { $0.isLetter } == "transferencoding":
        return "a name that some servers take for a framing field: \(name)"
      default: break
      }
    }
    if hosts != 1 { return "\(hosts) Host fields" }
    if lengths.count + codings.count > 1 { return "more than one framing field" }
    if let length = lengths.first, length.isEmpty || !length.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return "Content-Length: \(length)"
    }
    if let coding = codings.first, coding != "chunked" { return "Transfer-Encoding: \(coding)" }
    return nil
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
