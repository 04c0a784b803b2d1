/// What a request said, in an answer to it.
enum PlainName {
  /// Characters that are shown.
  private static let shownMax = 60

  static func shown(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(shownMax).filter(isPlain)))
  }

  /// Whether it is seen, on one line, and turns no writing direction.
  static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
