/// Values as they may be shown: names come from configuration and bytes from peers, and a terminal obeys what it gets.
package enum Shown {
  /// Characters of a sentence at most.
  package static let sentenceMax = 220
  /// Characters of one name within a sentence.
  package static let nameMax = 64
  /// Characters of a peer's bytes within a sentence.
  static let bytesMax = 40

  /// Printable characters as they are, all others as `\u{…}`; a longer text ends with an ellipsis.
  ///
  /// Beside control characters this covers what turns the writing direction, is not seen, or breaks a line.
  package static func text(_ text: String, limit: Int = nameMax) -> String {
    var shown = ""
    // No scalar is shown by less than itself, so what stands behind four times the limit cannot matter.
    for scalar in text.unicodeScalars.prefix(4 * limit) {
      if isPlain(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return clipped(shown, to: limit)
  }

  static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
      return false
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol,
      .otherSymbol:
      return true
    @unknown default:
      return false
    }
  }

  package static func clipped(_ text: String, to limit: Int) -> String {
    text.count <= limit ? text : text.prefix(max(limit - 1, 0)) + "…"
  }

  /// `0.4 ms`, `35 ms`, `2.5 s`, `90 s`, `3 min 20 s`, `42 min`, `1 h 59 min`, `30 h`; what is left over is dropped,
  /// and is less than a tenth.
  package static func duration(_ milliseconds: Double) -> String {
    // What a store holds may be anything; beyond this nobody waits.
    let value = milliseconds.isFinite ? min(max(milliseconds, 0), 1e12) : 0
    if value < 1 { return tenths(value) + " ms" }
    if value < 1000 { return "\(Int(value)) ms" }
    if value < 120_000 { return tenths(value / 1000) + " s" }
    let seconds = Int(value / 1000)
    if seconds < 600 { return parts(seconds / 60, "min", seconds % 60, "s") }
    if seconds < 3600 { return "\(seconds / 60) min" }
    return seconds < 86_400 ? parts(seconds / 3600, "h", seconds / 60 % 60, "min") : "\(seconds / 3600) h"
  }

  private static func parts(_ whole: Int, _ unit: String, _ rest: Int, _ restUnit: String) -> String {
    rest == 0 ? "\(whole) \(unit)" : "\(whole) \(unit) \(rest) \(restUnit)"
  }

  static func bytes(_ count: UInt64) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

  package static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int(value * 10)
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
