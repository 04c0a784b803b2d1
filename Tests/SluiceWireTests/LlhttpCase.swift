import Foundation

/// A message of the llhttp corpus: a heading, the message and the log of what that parser said, in fenced blocks.
struct LlhttpCase {
  var name: String
  /// "request", "response", or either with "-lenient-…" behind it.
  var type: String
  var skipsBody: Bool
  var message: [UInt8]
  /// The parser refused the message. To pause at an upgrade or to find bytes behind a last message is no refusal.
  var isRefused: Bool
  /// Bytes of content that the log reports.
  var contentLength: Int

  /// Reads a Markdown file of the corpus.
  static func read(_ file: URL) throws -> [LlhttpCase] {
    let lines = try String(decoding: Data(contentsOf: file), as: UTF8.self).components(separatedBy: "\n")
    var cases: [LlhttpCase] = []
    var titles: [String] = []
    var meta = ""
    var message: [UInt8]?
    var fence: String?
    var block: [String] = []
    for line in lines {
      if let kind = fence {
        guard line == "```" else {
          block.append(line)
          continue
        }
        if kind == "http" { message = unescaped(block) }
        if kind == "log", let bytes = message {
          let title = "\(file.deletingPathExtension().lastPathComponent): \(titles.joined(separator: " / "))"
          cases.append(LlhttpCase(title: title, meta: meta, message: bytes, log: block))
          message = nil
        }
        fence = nil
      } else if line.hasPrefix("```") {
        fence = String(line.dropFirst(3))
        block = []
      } else if line.hasPrefix("#") {
        let level = line.prefix { $0 == "#" }.count - 1
        titles = Array(titles.prefix(level - 1)) + [line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces)]
      } else if line.hasPrefix("<!-- meta=") {
        meta = line
      }
    }
    return cases
  }

  private init(title: String, meta: String, message: [UInt8], log: [String]) {
    name = title
    let words = meta.components(separatedBy: "\"")
    type = words.firstIndex(of: "type").map { words[$0 + 2] } ?? ""
    skipsBody = meta.contains("skipBody")
    self.message = message
    let codes = log.compactMap { line in
      line.components(separatedBy: "error code=").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
    }
    // 5: bytes after the last message; 21 to 23: pauses.
    isRefused = codes.contains { $0 != 5 && !(21...23).contains($0) }
    contentLength = log.filter { $0.contains("span[body]") }.reduce(0) { sum, line in
      sum + (line.components(separatedBy: "len=").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0)
    }
  }

  /// Lines are joined by CRLF but for those that end with a backslash; escapes stand for single bytes.
  private static func unescaped(_ lines: [String]) -> [UInt8] {
    var text = lines.joined(separator: "\r\n")
    for (escape, character) in [("\\\r\n", ""), ("\\r", "\r"), ("\\n", "\n"), ("\\t", "\t"), ("\\f", "\u{c}")] {
      text = text.replacingOccurrences(of: escape, with: character)
    }
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while let place = rest.range(of: "\\x") {
      bytes += rest[..<place.lowerBound].utf8
      let digits = rest[place.upperBound...].prefix(2)
      bytes.append(UInt8(digits, radix: 16) ?? 0x3f)
      rest = rest[place.upperBound...].dropFirst(2)
    }
    return bytes + rest.utf8
  }
}
