/// HTML as text: what comes from logs, and all other text, is escaped in one place.
public struct HTMLWriter {
  public private(set) var text = ""

  public init() {}

  /// Markup of ours.
  public mutating func raw(_ markup: String) { text += markup }

  /// A text of anybody's: what markup is made of is escaped, and what is not seen or turns the writing is shown as its
  /// number.
  public mutating func text(_ value: String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default:
        if Self.isPlain(scalar) {
          text.unicodeScalars.append(scalar)
        } else {
          text += "\\u{" + String(scalar.value, radix: 16) + "}"
        }
      }
    }
  }

  /// `<tag attributes>value</tag>`.
  public mutating func element(_ tag: String, _ attributes: String = "", _ value: String) {
    raw("<\(tag)\(attributes.isEmpty ? "" : " " + attributes)>")
    text(value)
    raw("</\(tag)>")
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
  }
}
