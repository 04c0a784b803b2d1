/// Words of a command that a person copies into a shell.
///
/// Names come from configuration and from peers. A word is quoted wherever it is not plainly safe; what cannot be shown
/// as it would be run (a control character, a turned writing direction) makes no word, and so no command.
struct ShellWord: Equatable {
  /// Characters of a word; a longer one is no name.
  static let lengthMax = 512

  let text: String

  init?(_ value: String) {
    guard !value.isEmpty, value.utf8.count <= Self.lengthMax, value.unicodeScalars.allSatisfy(Shown.isPlain) else {
      return nil
    }
    text = value.utf8.allSatisfy(Self.isSafe) ? value : "'" + Self.escaped(value) + "'"
  }

  /// One that stands where a command would take a leading `-`, `+` or `@` for an option.
  init?(operand value: String) {
    guard let first = value.utf8.first, ![0x2D, 0x2B, 0x40].contains(first) else { return nil }
    self.init(value)
  }

  /// Within single quotes only the quote itself means anything.
  private static func escaped(_ value: String) -> String {
    value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
  }

  private static func isSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x40, 0x5F: true
    default: false
    }
  }
}
