internal import SluiceCore

/// An ID as a person types or pastes it.
enum IDText {
  /// Characters from which a beginning is looked for: fewer are shared by all incidents of a year.
  static let prefixMin = 4

  /// The characters of stored IDs: upper case, O as 0, I and L as 1, what surrounds them left out. nil where it can be
  /// no ID nor the beginning of one.
  static func normalized(_ text: String) -> String? {
    var digits: [UInt8] = []
    for byte in trimmed(text).utf8 {
      let upper = byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte
      switch upper {
      case 0x4F: digits.append(0x30)
      case 0x49, 0x4C: digits.append(0x31)
      // U is not in the alphabet, so that no ID spells a word.
      case 0x30...0x39, 0x41...0x54, 0x56...0x5A: digits.append(upper)
      default: return nil
      }
      guard digits.count <= ExchangeID.textLength else { return nil }
    }
    return digits.count >= prefixMin ? String(decoding: digits, as: UTF8.self) : nil
  }

  /// Without white space and the quotes or brackets of a copied line.
  private static func trimmed(_ text: String) -> Substring {
    let around: Set<Character> = ["\"", "'", "`", "<", ">", "(", ")", ",", ".", ";"]
    func isAround(_ character: Character) -> Bool { character.isWhitespace || around.contains(character) }
    var part = Substring(text)
    while let first = part.first, isAround(first) { part.removeFirst() }
    while let last = part.last, isAround(last) { part.removeLast() }
    return part
  }
}
