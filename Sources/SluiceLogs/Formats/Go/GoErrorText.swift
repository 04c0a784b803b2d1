/// What the text of an error of Go's network library tells beside the error.
enum GoErrorText {
  /// The address that was connected to or talked to: of `dial tcp ADDRESS: …`, `read tcp OWN->ADDRESS: …` and
  /// `lookup NAME on …`; nil where the text has none.
  static func endpoint(of text: String) -> String? {
    let words = text.split(separator: " ", maxSplits: 64, omittingEmptySubsequences: true)
    for (index, word) in words.enumerated() where index + 1 < words.count {
      switch word {
      case "lookup":
        return address(words[index + 1])
      case "tcp", "tcp4", "tcp6", "unix":
        guard index > 0, ["dial", "read", "write"].contains(words[index - 1]) else { continue }
        // `dial tcp: lookup name …` is met above with its next word.
        return address(words[index + 1])
      default: continue
      }
    }
    return nil
  }

  private static func address(_ word: Substring) -> String? {
    var text = word
    if text.hasSuffix(":") { text = text.dropLast() }
    if let arrow = text.range(of: "->") { text = text[arrow.upperBound...] }
    return text.isEmpty ? nil : String(text)
  }
}

extension Substring {
  /// Where `text` stands in it first.
  fileprivate func range(of text: String) -> Range<Index>? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
      place = index(after: place)
    }
    return nil
  }
}
