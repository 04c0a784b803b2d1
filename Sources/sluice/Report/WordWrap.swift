/// Breaks texts between words.
enum WordWrap {
  /// Lines of at most `width` columns. A word that is longer than a line is cut, since what a peer sent may be one.
  ///
  /// - Parameters:
  ///   - first: what the first line begins with.
  ///   - rest: what each other line begins with, as a rule as many spaces.
  static func lines(_ text: String, width: Int, first: String = "", rest: String = "") -> [String] {
    var lines: [String] = []
    var line = first
    var isFresh = true
    func flush() {
      lines.append(line)
      line = rest
      isFresh = true
    }
    for part in text.split(separator: " ") {
      var word = part
      let used = PlainText.width(line) + (isFresh ? 0 : 1)
      if !isFresh, used + PlainText.width(word) > width { flush() }
      while PlainText.width(line) + PlainText.width(word) > width, isFresh {
        let room = max(width - PlainText.width(line), 2)
        let head = PlainText.head(word, width: room)
        guard !head.isEmpty, head.endIndex < word.endIndex else { break }
        line += head
        word = word[head.endIndex...]
        flush()
      }
      line += (isFresh ? "" : " ") + word
      isFresh = false
    }
    if !isFresh || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// A shell command that can be copied from the screen whole: it is broken between its words, never inside quotes, and
  /// each line but the last ends with the backslash that joins them. A word that is longer than a line stays whole.
  static func command(_ text: String, width: Int, indent: String) -> [String] {
    var lines: [String] = []
    var line = indent
    for word in shellWords(text) {
      let isFresh = line.allSatisfy { $0 == " " }
      if !isFresh, PlainText.width(line) + 1 + PlainText.width(word) > width - 2 {
        lines.append(line + " \\")
        line = indent + "  " + word
      } else {
        line += (isFresh ? "" : " ") + word
      }
    }
    return lines + [line]
  }

  /// Split at spaces outside of quotes.
  private static func shellWords(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isEscaped = false
    for character in text {
      if character == " ", quote == nil, !isEscaped {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      word.append(character)
      if isEscaped {
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
