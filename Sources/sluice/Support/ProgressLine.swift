import Foundation

/// How far long work has come: one line on standard error that replaces itself, on a terminal only.
enum ProgressLine {
  static func show(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }

  static func clear() { show("") }
}
