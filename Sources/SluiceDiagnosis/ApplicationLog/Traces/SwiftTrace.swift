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
    var last = start
    for index in (start + 1)..<max(start + 1, min(lines.count, start + StackTrace.linesMax)) {
      let line = lines[index]
      let text = line.bodyText
      let isPart =
        line.time == nil
        && (text.isEmpty || line.isIndented || text.first?.isNumber == true || text.hasPrefix("Thread ")
          || text.hasPrefix("Registers:") || text.hasPrefix("Images ") || text.hasPrefix("Backtrace took"))
      guard isPart else { break }
      if !text.isEmpty { last = index }
    }
    return StackTrace(
      lines: start...last, language: "swift", cause: "Program crashed: " + LogWords.trimmed(message), isUncaught: true)
  }
}
