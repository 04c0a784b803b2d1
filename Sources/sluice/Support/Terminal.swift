import Foundation

/// Text for people: results on standard output, everything else on standard error.
enum Terminal {
  static func say(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// As `say`; false where nobody reads it any more, as behind `| head`.
  static func offer(_ text: String) -> Bool { write(text, to: STDOUT_FILENO) }

  static func say(_ lines: [String], unless isSilent: Bool) {
    if !isSilent { say(lines.joined(separator: "\n")) }
  }

  static func complain(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Colours only on a terminal that knows them, and never under NO_COLOR.
  static func usesColour(_ descriptor: Int32) -> Bool {
    Screen(columns: isatty(descriptor) == 1 ? 0 : nil, environment: ProcessInfo.processInfo.environment).hasColour
  }

  /// What standard output can show.
  static func screen() -> Screen {
    var size = winsize()
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let isKnown = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    return Screen(
      columns: isTerminal ? (isKnown ? Int(size.ws_col) : 0) : nil, environment: ProcessInfo.processInfo.environment)
  }

  /// Lines of the terminal; 40 where there is none, since nothing scrolls away there.
  static func rows() -> Int {
    var size = winsize()
    let isKnown = isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0
    return isKnown ? Int(size.ws_row) : 40
  }

  @discardableResult
  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    let bytes = Array((text + "\n").utf8)
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A closed pipe or a full disk: there is nobody left to tell.
      guard count > 0 else { return false }
      offset += count
    }
    return true
  }
}
