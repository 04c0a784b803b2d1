/// Divides a line of Caddy's console format: time, level, logger and text between tabs, and the rest as JSON.
///
/// The level may stand between the bytes that colour it; the logger may be missing.
enum CaddyConsoleLine {
  static func read(_ line: RawSpan, _ keys: JSONKeys, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard count > 24, line.byte(at: 4) == 0x2F, line.byte(at: 7) == 0x2F, line.byte(at: 10) == 0x20 else {
      return false
    }
    let timeEnd = ByteScan.first(tab, in: line, from: 11, to: min(count, 40))
    guard timeEnd < min(count, 40) else { return false }
    let levelEnd = ByteScan.first(tab, in: line, from: timeEnd + 1, to: count)
    guard levelEnd < count, let level = level(line, timeEnd + 1, levelEnd) else { return false }
    fields.set(.time, 0, timeEnd)
    fields.set(.level, level.lowerBound, level.upperBound)
    let textEnd = ByteScan.first(tab, in: line, from: levelEnd + 1, to: count)
    var texts = [levelEnd + 1..<textEnd]
    var position = textEnd + 1
    while position < count, texts.count < 3 {
      if line.byte(at: position) == 0x7B, texts.count > 0 {
        var inner = FieldSet()
        guard JSONLine.read(line.extracting(position..<count), keys, into: &inner) else { return false }
        fields.add(inner, at: position)
        break
      }
      let end = ByteScan.first(tab, in: line, from: position, to: count)
      texts.append(position..<end)
      position = end + 1
    }
    if let text = texts.last { fields.set(.message, text.lowerBound, text.upperBound) }
    if texts.count > 1 { fields.set(.logger, texts[0].lowerBound, texts[0].upperBound) }
    return true
  }

  /// The letters of the level, without the bytes around them that colour it.
  private static func level(_ line: RawSpan, _ from: Int, _ to: Int) -> Range<Int>? {
    var start = from
    if start < to, line.byte(at: start) == 0x1B {
      let end = ByteScan.first(0x6D, in: line, from: start, to: to)
      start = end + 1
    }
    var end = start
    while end < to, line.byte(at: end) >= 0x41, line.byte(at: end) <= 0x5A { end += 1 }
    return end > start ? start..<end : nil
  }

  private static let tab: UInt8 = 0x09
}
