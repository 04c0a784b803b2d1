/// What stands before the program's own words: the time, and what a supervisor adds.
enum LogPrefix {
  /// - Parameter timeEnd: Where the line's time ends.
  /// - Returns: what the program said, and its process where the prefix tells it.
  static func body(of line: ArraySlice<UInt8>, timeEnd: Int?) -> (body: ArraySlice<UInt8>, process: Int32?) {
    let line = withoutContainer(line)
    guard let timeEnd, timeEnd >= line.startIndex else { return (line, nil) }
    // A time in the middle is part of an access line or of a bracket, which is shown as it is.
    if let tag = syslogTag(line[timeEnd...]) { return (line[tag.end...], tag.process) }
    if let end = runtimeInterface(line[timeEnd...]) { return (line[end...], nil) }
    return (line, process(line[timeEnd...]))
  }

  /// `web-1  | ` of container tools.
  private static func withoutContainer(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let bar = line.prefix(48).firstIndex(of: 0x7C), bar > line.startIndex + 1, bar + 1 < line.endIndex,
      line[bar - 1] == 0x20, line[bar + 1] == 0x20
    else { return line }
    let name = line[..<bar].reversed().drop { $0 == 0x20 }
    let isName = name.allSatisfy { $0.isWordByte || $0 == 0x2D || $0 == 0x2E }
    return isName && !name.isEmpty ? line[(bar + 2)...] : line
  }

  /// ` host name[123]: `.
  private static func syslogTag(_ rest: ArraySlice<UInt8>) -> (end: Int, process: Int32?)? {
    var words = 0
    var position = rest.startIndex
    let limit = min(rest.endIndex, position + 128)
    var open: Int?
    while position < limit {
      let byte = rest[position]
      if byte == 0x20 {
        words += 1
        if words > 2 { return nil }
      } else if byte == 0x5B {
        open = position
      } else if byte == 0x3A, position + 1 < rest.endIndex, rest[position + 1] == 0x20 {
        guard words == 2, let open, rest[position - 1] == 0x5D else { return nil }
        return (position + 2, Int32(String(decoding: rest[(open + 1)..<(position - 1)], as: UTF8.self)))
      } else if !byte.isWordByte, !"-./@]".utf8.contains(byte) {
        return nil
      }
      position += 1
    }
    return nil
  }

  /// ` stdout F ` of a container runtime's files.
  private static func runtimeInterface(_ rest: ArraySlice<UInt8>) -> Int? {
    for mark in [" stdout F ", " stderr F ", " stdout P ", " stderr P "] where rest.starts(with: mark.utf8) {
      return rest.startIndex + mark.utf8.count
    }
    return nil
  }

  /// `] [123] [` of gunicorn and ` #123]` of Ruby's logger.
  private static func process(_ rest: ArraySlice<UInt8>) -> Int32? {
    var cursor = LogCursor(rest)
    while cursor.take("] #[") != nil {}
    guard let number = cursor.number(digits: 1...10), cursor.next == 0x5D else { return nil }
    return Int32(exactly: number)
  }
}
