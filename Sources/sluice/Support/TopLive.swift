import Foundation
import SluiceAdmin

/// `sluice top` on a terminal: a picture every second, until q or a signal.
struct TopLive {
  /// Milliseconds from one picture to the next.
  private static let interval: Int32 = 1_000

  let client: AdminClient
  let place: String

  func run() async throws {
    let end = await EndFlag.onSignals()
    let before = Self.begin()
    defer { Self.end(before) }
    while !end.isSet {
      await draw()
      if Self.isQuit(within: Self.interval) { return }
    }
  }

  private func draw() async {
    let (screen, height) = (Terminal.screen(), Self.height)
    let lines: [String]
    do {
      // The last line stays free: a line feed there would move the picture.
      lines = TopPage(look: try await TopLook(client), screen: screen, height: height - 1).lines
    } catch {
      lines = WordWrap.lines(
        "No gateway's admin address at \(place): \(PlainText.shown("\(error)")). It is tried again every second; "
          + "q ends.", width: screen.width)
    }
    let shown = lines.prefix(max(height - 1, 1)).map { $0 + "\u{1B}[K" }
    // From the corner, each line to its end, then all below: nothing flickers.
    Self.write("\u{1B}[H" + shown.joined(separator: "\r\n") + "\u{1B}[J")
  }

  // MARK: The terminal

  private static var height: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 ? Int(size.ws_row) : 24
  }

  /// Another screen without a cursor, and keys one by one. Ctrl-C goes on to end it.
  private static func begin() -> termios {
    var before = termios()
    tcgetattr(STDIN_FILENO, &before)
    var keys = before
    keys.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(STDIN_FILENO, TCSANOW, &keys)
    write("\u{1B}[?1049h\u{1B}[?25l")
    return before
  }

  private static func end(_ before: termios) {
    var before = before
    write("\u{1B}[?25h\u{1B}[?1049l")
    tcsetattr(STDIN_FILENO, TCSANOW, &before)
  }

  private static func isQuit(within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0 else { return false }
    var keys = [UInt8](repeating: 0, count: 64)
    let count = read(STDIN_FILENO, &keys, keys.count)
    // The end of the input: nobody can press a key any more.
    return count <= 0 || keys.prefix(count).contains { $0 == 0x71 || $0 == 0x51 }
  }

  private static func write(_ text: String) { try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) }
}
