/// The bytes of a log as lines.
enum LogText {
  /// Behind a sequence that sets colours (ECMA-48: ESC, `[`, parameters, one final byte).
  static func afterEscape(in line: ArraySlice<UInt8>, at escape: Int) -> Int {
    var position = escape + 1
    guard position < line.endIndex, line[position] == 0x5B else { return position }
    position += 1
    while position < line.endIndex {
      let byte = line[position]
      position += 1
      if byte >= 0x40, byte <= 0x7E { break }
    }
    return position
  }

  /// Without what sets colours, and without a carriage return at the end.
  static func plain(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while line.last == 0x0D { line.removeLast() }
    guard line.contains(0x1B) else { return line }
    var plain: [UInt8] = []
    var position = line.startIndex
    while position < line.endIndex {
      if line[position] == 0x1B {
        position = afterEscape(in: line, at: position)
      } else {
        plain.append(line[position])
        position += 1
      }
    }
    return plain[...]
  }

  /// Where lines begin and end in a text, the line feeds left out.
  static func lines(of text: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in text.indices where text[index] == 0x0A {
      lines.append(start..<index)
      start = index + 1
    }
    if start < text.count { lines.append(start..<text.count) }
    return lines
  }
}
