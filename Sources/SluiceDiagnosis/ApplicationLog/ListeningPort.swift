/// The port that a "listening on" line names.
enum ListeningPort {
  /// - Parameter start: Where the words end that tell that it listens; the port stands behind them.
  static func port(in line: ArraySlice<UInt8>, from start: Int) -> UInt16? {
    let rest = line[min(max(start, line.startIndex), line.endIndex)...].prefix(200)
    return scheme(rest) ?? behindColon(rest) ?? behindWord(rest)
  }

  /// Of a URL without a port.
  private static func scheme(_ rest: ArraySlice<UInt8>) -> UInt16? {
    for (scheme, port) in [("http://", UInt16(80)), ("https://", 443)] {
      guard let start = position(of: scheme, in: rest) else { continue }
      let authority = rest[(start + scheme.utf8.count)...].prefix { byte in
        byte > 0x20 && !"/\"'),".utf8.contains(byte)
      }
      let host = authority.last == 0x5D ? authority : authority.prefix { $0 != 0x3A }
      if !authority.isEmpty, host.count == authority.count { return port }
    }
    return nil
  }

  /// `:3000`, as in an address, a URL or `:::3000`; what follows the digits must not go on like a time or a name.
  private static func behindColon(_ rest: ArraySlice<UInt8>) -> UInt16? {
    for colon in rest.indices where rest[colon] == 0x3A {
      var cursor = LogCursor(rest, at: colon + 1)
      guard let number = cursor.number(digits: 2...5), cursor.next != 0x3A, cursor.next?.isWordByte != true,
        let port = UInt16(exactly: number), port > 0
      else { continue }
      return port
    }
    return nil
  }

  /// `port 3000`, `port(s): 8080 (http)`, `port=3000`, or the number alone.
  private static func behindWord(_ rest: ArraySlice<UInt8>) -> UInt16? {
    var position = rest.startIndex
    while position < rest.endIndex {
      guard rest[position].isDigit, position == rest.startIndex || !isNumberByte(rest[position - 1]) else {
        position += 1
        continue
      }
      var cursor = LogCursor(rest, at: position)
      if let number = cursor.number(digits: 2...5), cursor.next.map({ !isNumberByte($0) || isEnd($0, cursor) }) ?? true,
        let port = UInt16(exactly: number), port > 0
      {
        return port
      }
      while position < rest.endIndex, isNumberByte(rest[position]) { position += 1 }
    }
    return nil
  }

  /// The port of an address anywhere in a text, as in `dial tcp 127.0.0.1:5432: connect: connection refused`, or behind
  /// the word itself. Seconds of a time stand behind a colon, too, and are smaller than any port that is meant.
  static func portOfAddress(in text: ArraySlice<UInt8>) -> UInt16? {
    for colon in text.indices where text[colon] == 0x3A {
      var cursor = LogCursor(text, at: colon + 1)
      guard let number = cursor.number(digits: 2...5), number > 60, let port = UInt16(exactly: number),
        cursor.next?.isWordByte != true, cursor.next != 0x3A || cursor.peek(1)?.isDigit != true
      else { continue }
      return port
    }
    let words = String(decoding: text, as: UTF8.self)
    guard let behind = LogWords.behind("port ", in: words) ?? LogWords.behind("port=", in: words) else { return nil }
    let digits = behind.utf8.prefix(while: \.isDigit)
    return UInt16(String(decoding: digits, as: UTF8.self)).flatMap { $0 > 0 ? $0 : nil }
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool { byte.isWordByte || byte == 0x2E || byte == 0x3A }

  /// A full stop behind the number, with nothing of a number behind it.
  private static func isEnd(_ byte: UInt8, _ cursor: LogCursor) -> Bool {
    byte == 0x2E && cursor.peek(1)?.isWordByte != true
  }

  private static func position(of text: String, in line: ArraySlice<UInt8>) -> Int? {
    let wanted = Array(text.utf8)
    guard line.count >= wanted.count else { return nil }
    return (line.startIndex...(line.endIndex - wanted.count)).first { line[$0...].starts(with: wanted) }
  }
}
