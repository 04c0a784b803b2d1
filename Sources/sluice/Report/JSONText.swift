import Foundation

/// JSON for programs that is safe on a terminal too.
enum JSONText {
  /// One line, keys sorted. Control and format characters beyond ASCII are escaped: an encoder leaves them, and a
  /// terminal may obey them.
  static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Beyond ASCII a character stands in a string only, where it may be written as its UTF-16.
  static func escaped(_ json: String) -> String {
    var text = ""
    text.reserveCapacity(json.utf8.count)
    for scalar in json.unicodeScalars {
      if PlainText.isPlain(scalar) {
        text.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return text
  }
}
