internal import SluiceDiagnosis

/// A state in a word, a shape and a colour: whoever does not see one of them has the others.
struct Badge {
  enum Tone: String {
    case good, warning, bad
    case quiet = "neutral"

    /// No two have the same shape.
    var shape: String {
      switch self {
      case .good: "●"
      case .warning: "▲"
      case .bad: "■"
      case .quiet: "○"
      }
    }
  }

  var word: String
  var tone: Tone

  init(_ word: String, _ tone: Tone) { (self.word, self.tone) = (word, tone) }

  func write(to page: inout HTMLWriter) {
    page.raw("<span class=\"badge \(tone.rawValue)\"><span aria-hidden=\"true\">\(tone.shape)</span> ")
    page.text(word)
    page.raw("</span>")
  }
}
