/// Texts as the lookup compares them.
enum Words {
  /// Letters and digits in small letters, everything else parts them.
  static func of(_ text: some StringProtocol) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

extension StringProtocol {
  /// Without such characters at both ends.
  func trimming(_ isUnwanted: (Character) -> Bool) -> String {
    let start = drop(while: isUnwanted)
    var end = String(start)
    while let last = end.last, isUnwanted(last) { end.removeLast() }
    return end
  }
}
