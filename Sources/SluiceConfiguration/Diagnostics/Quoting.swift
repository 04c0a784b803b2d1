/// Makes text of a file safe and short enough for a message.
enum Quoting {
  /// In single quotes, control characters replaced, cut where it is long.
  static func quoted(_ text: String) -> String { "'\(plain(text, limit: ConfigurationBounds.quotedCharacters))'" }

  /// Control characters, line ends and other unprintable scalars become one character each, so that columns stay true.
  static func plain(_ text: some StringProtocol, limit: Int) -> String {
    var result = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit {
        result.append("…")
        break
      }
      result.append(printable(scalar))
      count += 1
    }
    return String(result)
  }

  private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "\t" { return " " }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return "\u{FFFD}"
    default: return scalar
    }
  }
}
