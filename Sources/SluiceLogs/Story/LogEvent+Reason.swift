internal import SluiceDiagnosis

extension LogEvent {
  /// Characters of a reason that are told.
  static let reasonMax = 100

  /// Why, in the proxy's words: what HAProxy writes behind `reason:`, else the whole of the line's text.
  var reason: String? {
    guard let detail, !detail.isEmpty else { return nil }
    var words = detail[...]
    if let begin = words.utf8.firstRange(of: "reason: ".utf8) {
      words = words[begin.upperBound...]
      for end in [", check duration", ". "] {
        if let rest = words.utf8.firstRange(of: end.utf8) { words = words[..<rest.lowerBound] }
      }
    }
    while let last = words.last, last == "." || last == "," || last == " " { words = words.dropLast() }
    return words.isEmpty ? nil : Shown.text(String(words), limit: Self.reasonMax)
  }
}
