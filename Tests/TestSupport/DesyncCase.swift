public import Foundation

/// A request of the desync corpus with the tier that a safe proxy puts it in.
public struct DesyncCase {
  public var name = ""
  public var method = ""
  public var uri = ""
  public var version = ""
  public var headers: [(name: String, value: String)] = []
  public var tier = ""

  /// Reads one of the corpus's YAML files: a list of maps of scalars, with `headers` a list of such maps and `expected`
  /// one. Nothing else of YAML occurs there.
  public static func read(_ file: URL) throws -> [DesyncCase] {
    var cases: [DesyncCase] = []
    for line in try String(decoding: Data(contentsOf: file), as: UTF8.self).components(separatedBy: "\n") {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty || text.hasPrefix("#") { continue }
      let indent = line.prefix { $0 == " " }.count
      let isItem = text.hasPrefix("- ")
      if isItem, indent == 0 { cases.append(DesyncCase()) }
      let pair = isItem ? String(text.dropFirst(2)) : text
      guard let colon = pair.range(of: ":"), var last = cases.popLast() else { continue }
      let value = scalar(pair[colon.upperBound...].trimmingCharacters(in: .whitespaces))
      switch (indent, pair[..<colon.lowerBound]) {
      case (0...2, "name"): last.name = value
      case (2, "method"): last.method = value
      case (2, "uri"): last.uri = value
      case (2, "version"): last.version = value
      case (3..., "name") where isItem: last.headers.append((value, ""))
      case (5..., "value"):
        if let index = last.headers.indices.last { last.headers[index].value = value }
      case (4, "tier"): last.tier = value
      default: break
      }
      cases.append(last)
    }
    return cases
  }

  /// A plain, single-quoted or double-quoted scalar.
  private static func scalar(_ text: String) -> String {
    guard let quote = text.first, quote == "\"" || quote == "'" else { return text }
    var result = ""
    var rest = text.dropFirst()
    while let character = rest.popFirst() {
      if character == quote {
        guard quote == "'", rest.first == "'" else { return result }
        result.append(rest.removeFirst())
      } else if character == "\\", quote == "\"" {
        switch rest.popFirst() {
        case "x":
          result.unicodeScalars.append(UnicodeScalar(UInt8(rest.prefix(2), radix: 16) ?? 0x3f))
          rest = rest.dropFirst(2)
        case "t": result.append("\t")
        case "r": result.append("\r")
        case "n": result.append("\n")
        case let other?: result.append(other)
        case nil: return result
        }
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// The request's bytes, with a valid Host: the corpus is about framing and leaves it out.
  public var message: [UInt8] {
    var text = "\(method) \(uri) \(version)\r\nHost: example.com\r\n"
    for header in headers { text += "\(header.name):\(header.value)\r\n" }
    return Array((text + "\r\n").utf8)
  }
}
