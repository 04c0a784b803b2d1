/// A stack trace among lines: which it takes up, and what lies at its bottom.
struct StackTrace: Equatable {
  var lines: ClosedRange<Int>
  var language: String
  /// The innermost cause, as in `ValueError: boom`.
  var cause: String
  /// Whether it says that nobody caught the error, so that it ended the program.
  var isUncaught: Bool

  /// Lines that one trace takes up at most.
  static let linesMax = 400
  /// Lines above the first frame that may be its message.
  static let messageLinesMax = 12
}

extension StackTrace {
  /// The trace that a line belongs to, where it is the first that shows so; nil for most lines.
  static func begins(at index: Int, in lines: [LogLine]) -> StackTrace? {
    let body = lines[index].body
    guard body.count >= 4 else { return nil }
    if body.first == 0x20 || body.first == 0x09 {
      guard let language = FrameForm.language(of: body) else { return nil }
      return language == "ruby" ? RubyTrace.read(lines, frame: index) : FrameTrace.read(lines, frame: index, language)
    }
    let text = lines[index].bodyText
    if text.hasSuffix("Traceback (most recent call last):") { return PythonTrace.read(lines, at: index) }
    if text.hasPrefix("panic: ") || text.hasPrefix("fatal error: ") || text.contains(": panic serving ") {
      return GoTrace.read(lines, at: index)
    }
    if text.contains(" panicked at ") { return RustTrace.panic(lines, at: index) }
    if text == "Caused by:" { return RustTrace.chain(lines, at: index) }
    if text.contains("Uncaught "), text.contains("PHP ") || text.contains("Fatal error:") {
      return PHPTrace.read(lines, at: index)
    }
    if text.contains("Fatal error: "), text.contains(".swift:") { return SwiftTrace.fatalError(lines, at: index) }
    if text.contains("Program crashed: ") { return SwiftTrace.crash(lines, at: index) }
    return nil
  }
}
