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

extension ProductSign {
  /// All its words.
  var words: String { Words.of(text).joined(separator: " ") }

  /// What always stands in the line: the parts between those that vary.
  var fragments: [String] {
    text.split(separator: "…").map { Words.of($0).joined(separator: " ") }.filter { !$0.isEmpty }
  }

  var fragmentLength: Int { fragments.reduce(0) { $0 + $1.count } }
}
