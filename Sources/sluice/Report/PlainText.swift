import SluiceIncidents

/// Texts as a terminal may be shown them: it obeys control characters, and a line can be made to read backwards.
enum PlainText {
  /// Characters of one text.
  static let lengthMax = 512

  /// What a peer sent: ASCII, the rest as `\xHH`.
  static func peer(_ text: String, limit: Int = lengthMax) -> String {
    let bytes = Array(text.utf8.prefix(limit + 1))
    return FirstBytes.escape(Array(bytes.prefix(limit))) + (bytes.count > limit ? "..." : "")
  }

  /// What the operator wrote, and sentences that hold it: letters of all scripts stay, what moves the cursor, turns the
  /// writing direction or is not seen becomes `\u{…}`.
  static func shown(_ text: String, limit: Int = 4096) -> String {
    var shown = ""
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if index == limit { return shown + "..." }
      if isPlain(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return shown
  }

  static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
      return false
    default:
      return true
    }
  }

  /// Columns of a shown text: letters of East Asian scripts and pictures take two.
  static func width(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
  }

  /// At most `width` columns, the last of them `ellipsis` where something was left out.
  static func cut(_ text: String, width limit: Int, ellipsis: String) -> String {
    guard width(text) > limit else { return text }
    return head(text[...], width: limit - width(ellipsis)) + ellipsis
  }

  /// As many characters of the beginning as fit.
  static func head(_ text: Substring, width limit: Int) -> Substring {
    var used = 0
    let end = text.unicodeScalars.firstIndex { scalar in
      used += isWide(scalar) ? 2 : 1
      return used > limit
    }
    return text[..<(end ?? text.endIndex)]
  }

  static func padded(_ text: String, width limit: Int, isRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, limit - width(text)))
    return isRight ? space + text : text + space
  }

  /// The blocks of Unicode's East Asian Width that are wide.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
