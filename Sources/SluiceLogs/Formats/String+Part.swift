extension String {
  /// What stands between the first `start` and the next `end`, or the end of the text; nil where `start` is not in it
  /// or nothing follows.
  func part(behind start: String, until end: Character) -> String? {
    guard let from = place(behind: start) else { return nil }
    let part = utf8[from...].prefix { Character(Unicode.Scalar($0)) != end }
    return part.isEmpty ? nil : String(Substring(part))
  }

  /// The place behind the first `text`.
  func place(behind text: String) -> String.Index? {
    let wanted = Array(text.utf8)
    guard let first = wanted.first else { return startIndex }
    let bytes = utf8
    var from = bytes.startIndex
    while let place = bytes[from...].firstIndex(of: first) {
      if bytes[place...].starts(with: wanted) { return bytes.index(place, offsetBy: wanted.count) }
      from = bytes.index(after: place)
    }
    return nil
  }
}

extension String {
  /// Without these characters at its ends.
  func trimmed(of characters: String) -> String {
    let set = characters.utf8
    // Nearly always nothing is taken away.
    if let first = utf8.first, let last = utf8.last, !set.contains(first), !set.contains(last) { return self }
    var rest = self[...]
    while let first = rest.first, characters.contains(first) { rest = rest.dropFirst() }
    while let last = rest.last, characters.contains(last) { rest = rest.dropLast() }
    return String(rest)
  }
}
