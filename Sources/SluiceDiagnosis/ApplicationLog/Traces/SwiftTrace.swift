/// Fatal errors of Swift, and the report of its runtime's backtracer.
enum SwiftTrace {
  static func fatalError(_ lines: [LogLine], at start: Int) -> StackTrace {
    let message = LogWords.behind("Fatal error: ", in: lines[start].bodyText) ?? lines[start].bodyText
    let cause = "Fatal error: " + message
    // The report that follows names the same end as the system saw it.
    let next = lines[start...].prefix(6).firstIndex { $0.bodyText.contains("Program crashed: ") }
    let last = next.map { crash(lines, at: $0).lines.upperBound } ?? start
    return StackTrace(lines: start...last, language: "swift", cause: cause, isUncaught: true)
  }

  static func crash(_ lines: [LogLine], at start: Int) -> StackTrace {
    let message = LogWords.behind("Program crashed: ", in: lines[start].bodyText) ?? ""
    let end = min(lines.count, start + StackTrace.linesMax)
    // Its registers and images are of many forms; the last line says how long it took.
    let last = lines[start..<end].firstIndex { $0.body.starts(with: "Backtrace took ".utf8) } ?? start
    return StackTrace(
      lines: start...last, language: "swift", cause: "Program crashed: " + LogWords.trimmed(message), isUncaught: true)
  }
}
