/// Whether a line says of itself that something is wrong.
enum LogLevel {
  /// Bytes at the beginning of a line within which its level stands.
  private static let prefixBytesMax = 96

  static func isError(_ line: ArraySlice<UInt8>) -> Bool {
    let start = line.prefix(prefixBytesMax)
    if let first = start.first, first == 0x45 || first == 0x46, start.dropFirst().prefix(4).allSatisfy(\.isDigit),
      start.count > 5
    {
      return true  // klog's
    }
    var word: [UInt8] = []
    for byte in start + [0x20] {
      if byte.isLetter {
        word.append(byte)
        continue
      }
      let isUpper = word.allSatisfy { $0 < 0x61 }
      let text = String(decoding: word.map(\.lowercased), as: UTF8.self)
      // In small letters only where a mark shows that it is no word of a sentence.
      let isMarked = isUpper || byte == 0x3A || byte == 0x5D
      if !word.isEmpty, isMarked, errors.contains(text) { return true }
      word = []
    }
    return false
  }

  /// Of a logger that writes JSON: a word, or a number (pino and bunyan: 50 and more).
  static func isError(_ fields: LogFields) -> Bool {
    let level = ["level", "severity", "levelname", "@l", "LogLevel", "log.level", "lvl"].lazy.compactMap { fields[$0] }
      .first
    guard let level else { return false }
    return Int(level).map { (50...60).contains($0) } ?? errors.contains(level.lowercased())
  }

  private static let errors: Set<String> = [
    "error", "err", "critical", "crit", "fatal", "severe", "alert", "emerg", "emergency", "panic", "fail", "ftl",
  ]
}
