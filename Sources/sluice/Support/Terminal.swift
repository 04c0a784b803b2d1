import Foundation

/// Text for people: results on standard output, everything else on standard error.
enum Terminal {
  static func say(_ text: String) { write(text, to: STDOUT_FILENO) }

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

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array((text + "\n").utf8)
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A closed pipe or a full disk: there is nobody left to tell.
      guard count > 0 else { return }
      offset += count
    }
  }
}
