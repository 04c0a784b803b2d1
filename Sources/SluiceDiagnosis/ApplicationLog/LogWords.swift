/// Words within a line.
enum LogWords {
  /// What stands behind the first of these words; nil where the line has none.
  static func behind(_ mark: String, in text: String) -> String? {
    let (bytes, wanted) = (Array(text.utf8), Array(mark.utf8))
    guard let start = positions(of: wanted, in: bytes).first else { return nil }
    return String(decoding: bytes[(start + wanted.count)...], as: UTF8.self)
  }

  /// What stands behind the last of these words.
  static func behindLast(_ mark: String, in text: String) -> String? {
    let (bytes, wanted) = (Array(text.utf8), Array(mark.utf8))
    guard let start = positions(of: wanted, in: bytes).last else { return nil }
    return String(decoding: bytes[(start + wanted.count)...], as: UTF8.self)
  }

  /// What stands before the first of these words; the whole text where it has none.
  static func before(_ mark: String, in text: String) -> String {
    let bytes = Array(text.utf8)
    guard let start = positions(of: Array(mark.utf8), in: bytes).first else { return text }
    return String(decoding: bytes[..<start], as: UTF8.self)
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    var part = Substring(text)
    while let first = part.first, first == " " || first == "\t" { part.removeFirst() }
    while let last = part.last, last == " " || last == "\t" { part.removeLast() }
    return String(part)
  }

  private static func positions(of wanted: [UInt8], in bytes: [UInt8]) -> [Int] {
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return [] }
    return (0...(bytes.count - wanted.count)).filter { bytes[$0...].starts(with: wanted) }
  }
}
