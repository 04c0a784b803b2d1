/// Divides a line of Apache httpd's access log that tells by its form that httpd wrote it: `vhost_combined`, or the
/// common or combined format with `%D`, `%T` and a worker's name behind it. A plain combined line may be anybody's, and
/// is httpd's only where the prefix of the line or the name of its file says so.
enum HTTPDAccessReader {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard fields.mayBe(.httpd) else { return false }
    var start = 0
    if let host = host(line) {
      fields.set(.route, 0, host)
      start = host + 1
    }
    guard let end = CombinedLine.read(line, from: start, &fields) else { return false }
    guard fields.writer == .httpd || start > 0 || isTail(line, from: end) else { return false }
    readTail(line, from: end, &fields)
    return true
  }

  /// `host:port ` before an address: the address is not a dash, as the second word of a common line is.
  private static func host(_ line: RawSpan) -> Int? {
    let end = ByteScan.first(0x20, in: line, from: 0, to: min(line.byteCount, 300))
    guard end < line.byteCount, line.letter(end) == 0x20 else { return nil }
    var colon = end
    while colon > 0, RawSpan.isDigit(line.byte(at: colon - 1)) { colon -= 1 }
    guard colon < end, colon > 1, line.byte(at: colon - 1) == 0x3A else { return nil }
    let client = ByteScan.first(0x20, in: line, from: end + 1, to: line.byteCount)
    let isAddress =
      ByteScan.first(0x2E, or: 0x3A, in: line, from: end + 1, to: client) < client && client < line.byteCount
    return isAddress ? end : nil
  }

  // MARK: Behind the combined format

  /// Whether numbers without a point stand there, perhaps with a worker: nginx writes no such times.
  static func isTail(_ line: RawSpan, from start: Int) -> Bool {
    var position = start
    var hasNumber = false
    for _ in 0..<partsMax where line.letter(position) == 0x20 {
      let end = ByteScan.first(0x20, in: line, from: position + 1, to: line.byteCount)
      guard let kind = kind(line, position + 1, end) else { return false }
      if kind != .nothing { hasNumber = true }
      position = end
    }
    return hasNumber && position == line.byteCount
  }

  private static let partsMax = 6

  private enum Part {
    case number
    case worker
    case nothing
  }

  private static func kind(_ line: RawSpan, _ from: Int, _ to: Int) -> Part? {
    if to == from + 1, line.byte(at: from) == 0x2D { return .nothing }
    var position = line.endOfDigits(from)
    if position > from, line.letter(position) == 0x2F, position < to { position = line.endOfDigits(position + 1) }
    if position == to, position > from { return .number }
    return line.place(of: "://", from: from, to: to) != nil && line.letter(from) | 0x20 >= 0x61 ? .worker : nil
  }

  /// A number that stands alone is `%D`, microseconds. Of two it is the one whose whole seconds the other is, `%T %D`;
  /// else they are lengths, as `%I %O` of `combinedio`.
  private static func readTail(_ line: RawSpan, from start: Int, _ fields: inout FieldSet) {
    var position = start
    var numbers: [(from: Int, to: Int)] = []
    for _ in 0..<partsMax where line.letter(position) == 0x20 {
      let end = ByteScan.first(0x20, in: line, from: position + 1, to: line.byteCount)
      switch kind(line, position + 1, end) {
      case .number:
        let slash = line.place(of: 0x2F, from: position + 1, to: end)
        numbers.append((slash.map { $0 + 1 } ?? position + 1, end))
      case .worker: fields.set(.endpoint, position + 1, end)
      case .nothing, nil: break
      }
      position = end
    }
    if numbers.count == 1 {
      fields.set(.totalTime, numbers[0].from, numbers[0].to)
    } else if numbers.count == 2 {
      let (one, other) = (number(line, numbers[0]), number(line, numbers[1]))
      if one == other / 1_000_000 {
        fields.set(.totalTime, numbers[1].from, numbers[1].to)
      } else if other == one / 1_000_000 {
        fields.set(.totalTime, numbers[0].from, numbers[0].to)
      }
    }
  }

  /// At most 18 digits of it, so that nothing overflows.
  private static func number(_ line: RawSpan, _ place: (from: Int, to: Int)) -> Int {
    (place.from..<min(place.to, place.from + 18)).reduce(0) { $0 * 10 + Int(line.byte(at: $1) &- 0x30) }
  }
}
