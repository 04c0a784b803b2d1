/// Backtraces of Ruby: the message in the first line, callers below it, and causes with a backtrace of their own.
enum RubyTrace {
  static func read(_ lines: [LogLine], frame: Int) -> StackTrace {
    let header = max(0, frame - 1)
    var cause = named(lines[header].bodyText)
    var last = frame
    for index in (frame + 1)..<max(frame + 1, min(lines.count, frame + StackTrace.linesMax)) {
      let line = lines[index]
      if FrameForm.language(of: line.body) == "ruby" {
        last = index
      } else if isMessage(line.bodyText), line.time == nil {
        // A cause is shown below what it caused.
        cause = named(line.bodyText)
        last = index
      } else {
        break
      }
    }
    return StackTrace(
      lines: header...last, language: "ruby", cause: cause, isUncaught: isMessage(lines[header].bodyText))
  }

  /// `app.rb:3:in 'work': divided by 0 (ZeroDivisionError)`.
  private static func isMessage(_ text: String) -> Bool {
    text.contains(":in ") && text.hasSuffix(")") && text.contains(": ")
  }

  /// `ZeroDivisionError: divided by 0`.
  private static func named(_ text: String) -> String {
    guard isMessage(text), let inner = LogWords.behindLast(" (", in: text) else { return LogWords.trimmed(text) }
    let message = LogWords.behind(": ", in: text) ?? text
    let said = message.utf8.count > inner.utf8.count + 2 ? String(message.dropLast(inner.count + 2)) : ""
    return "\(inner.dropLast()): \(said)"
  }
}
