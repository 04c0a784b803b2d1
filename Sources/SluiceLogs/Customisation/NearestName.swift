/// Finds the word that was probably meant.
enum NearestName {
  /// Letters of a word that are compared.
  private static let longest = 64

  /// nil where none is close: at most a third of the letters may differ. The first among equals.
  static func of(_ word: String, in candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().utf8.prefix(longest))
    var best: (word: String, distance: Int)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().utf8.prefix(longest))
      let allowed = max(1, max(letters.count, other.count) / 3)
      guard abs(letters.count - other.count) <= allowed else { continue }
      let found = distance(letters, other)
      if found <= allowed, found < best?.distance ?? .max { best = (candidate, found) }
    }
    return best?.word
  }

  /// Insertions, removals and replacements that turn one into the other.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        current.append(min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1)))
      }
      last = current
    }
    return last[right.count]
  }
}
