/// Errors of PHP that nobody caught. Where they are chained the first that is shown is the innermost.
enum PHPTrace {
  static func read(_ lines: [LogLine], at start: Int) -> StackTrace {
    let text = lines[start].bodyText
    let cause = LogWords.before(" in /", in: LogWords.behind("Uncaught ", in: text) ?? text)
    var last = start
    for index in (start + 1)..<max(start + 1, min(lines.count, start + StackTrace.linesMax)) {
      let body = lines[index].bodyText
      let isPart =
        body.hasPrefix("#") || body.hasPrefix("Stack trace:") || body.hasPrefix("Next ")
        || body.hasPrefix("  thrown in ")
        || body.isEmpty
      guard isPart else { break }
      last = index
    }
    return StackTrace(lines: start...last, language: "php", cause: LogWords.trimmed(cause), isUncaught: true)
  }
}
