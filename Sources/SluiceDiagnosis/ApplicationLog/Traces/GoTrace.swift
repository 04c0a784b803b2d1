/// Panics and fatal errors of Go, with their goroutines.
enum GoTrace {
  static func read(_ lines: [LogLine], at start: Int) -> StackTrace? {
    let text = lines[start].bodyText
    let isServing = text.contains(": panic serving ")
    var cause = text
    if isServing, let rest = LogWords.behind(": panic serving ", in: text) {
      // The client's address stands before the message.
      cause = "panic: " + (LogWords.behind(": ", in: rest) ?? rest)
    }
    var last = start
    var hasGoroutine = false
    var index = start + 1
    while index < min(lines.count, start + StackTrace.linesMax) {
      let line = lines[index]
      let body = line.bodyText
      if body.hasPrefix("goroutine "), body.hasSuffix(":") {
        hasGoroutine = true
      } else if body.hasPrefix("\tpanic: "), !hasGoroutine {
        cause = LogWords.trimmed(body)
      } else if !(body.isEmpty || line.isIndented || isFrame(body, hasGoroutine) || body.hasPrefix("[signal ")
        || body.hasPrefix("exit status ") || body.hasPrefix("created by ") || body.hasPrefix("runtime stack:"))
      {
        break
      }
      if !body.isEmpty { last = index }
      index += 1
    }
    guard hasGoroutine || text.hasPrefix("panic: ") else { return nil }
    return StackTrace(lines: start...last, language: "go", cause: cause, isUncaught: !isServing)
  }

  /// `main.handler(0xc000…)`, only below a goroutine's head.
  private static func isFrame(_ text: String, _ hasGoroutine: Bool) -> Bool {
    hasGoroutine && text.hasSuffix(")") && text.contains("(") && !text.contains(": ")
  }
}
