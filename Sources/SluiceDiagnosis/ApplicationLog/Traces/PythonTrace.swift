/// Tracebacks of Python. Where errors are chained the first that is shown is the innermost.
enum PythonTrace {
  private static let links = [
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
  ]

  static func read(_ lines: [LogLine], at start: Int) -> StackTrace {
    var cause: String?
    var last = start
    var index = start + 1
    let end = min(lines.count, start + StackTrace.linesMax)
    while index < end {
      let text = bare(lines[index].bodyText)
      if text.isEmpty || lines[index].isIndented || text.hasPrefix("  ") {
        index += 1
        continue
      }
      // The first line that is not indented names the error.
      cause = cause ?? LogWords.trimmed(text)
      last = index
      guard let next = next(lines, after: index, end) else { break }
      index = next
    }
    // A log that ends within the frames, or was cut there, names no error.
    return StackTrace(
      lines: start...max(last, min(index, lines.count) - 1), language: "python",
      cause: cause ?? "a traceback that is cut",
      isUncaught: false)
  }

  /// The line behind the head of a further traceback, where one is chained.
  private static func next(_ lines: [LogLine], after index: Int, _ end: Int) -> Int? {
    var next = index + 1
    var isLinked = false
    while next < end, next <= index + 4 {
      let text = bare(lines[next].bodyText)
      if links.contains(text) { isLinked = true }
      if isLinked, text.hasPrefix("Traceback (most recent call last):") { return next + 1 }
      next += 1
    }
    return nil
  }

  /// Without the bars that show groups of exceptions.
  private static func bare(_ text: String) -> String {
    guard text.hasPrefix("  |") || text.hasPrefix("    |") else { return text }
    return LogWords.behind("| ", in: text) ?? ""
  }
}
