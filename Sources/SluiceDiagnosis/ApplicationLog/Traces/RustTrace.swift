/// Panics of Rust, and the chains of causes that its programs print.
enum RustTrace {
  static func panic(_ lines: [LogLine], at start: Int) -> StackTrace {
    let text = lines[start].bodyText
    var last = start
    var cause: String
    if let old = LogWords.behind(" panicked at '", in: text) {
      cause = LogWords.before("', ", in: old)
    } else if text.hasSuffix(":"), start + 1 < lines.count {
      // The message stands on a line of its own (since Rust 1.73).
      last = start + 1
      cause = lines[last].bodyText
    } else {
      cause = LogWords.behind(" panicked at ", in: text) ?? text
    }
    cause = "panic: " + LogWords.trimmed(cause)
    while last + 1 < min(lines.count, start + StackTrace.linesMax), isPart(lines[last + 1]) { last += 1 }
    let thread = LogWords.before("' ", in: LogWords.behind("thread '", in: text) ?? "")
    return StackTrace(lines: start...last, language: "rust", cause: cause, isUncaught: thread == "main")
  }

  private static func isPart(_ line: LogLine) -> Bool {
    let text = line.bodyText
    return text.hasPrefix("stack backtrace:") || text.hasPrefix("note: ") || line.isIndented && line.time == nil
  }

  /// `Error: …`, an empty line, `Caused by:` and the causes below it, the innermost last.
  static func chain(_ lines: [LogLine], at start: Int) -> StackTrace? {
    var last = start
    while last + 1 < min(lines.count, start + 64), lines[last + 1].isIndented, lines[last + 1].time == nil { last += 1 }
    guard last > start else { return nil }
    var cause = LogWords.trimmed(lines[last].bodyText)
    if let number = cause.split(separator: ":").first, number.allSatisfy(\.isNumber), cause.contains(": ") {
      cause = LogWords.behind(": ", in: cause) ?? cause
    }
    var first = start
    while first > max(0, start - 3), !lines[first].bodyText.hasPrefix("Error: ") { first -= 1 }
    guard lines[first].bodyText.hasPrefix("Error: ") else { return nil }
    return StackTrace(lines: first...last, language: "rust", cause: cause, isUncaught: true)
  }
}
