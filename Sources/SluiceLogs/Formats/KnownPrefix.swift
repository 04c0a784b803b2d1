/// The prefix of the line before: where only its time differs, it need not be read again.
///
/// It stands for one place in memory: as a value it would be copied where one of its words is asked for.
final class KnownPrefix {
  /// Bytes of the prefix; 0: none is known.
  private(set) var count = 0
  /// What stands behind the time.
  private var words = InlineArray<8, UInt64>(repeating: 0)

  private static let timeCount = 15

  func forget() { count = 0 }

  /// Only a prefix in the form of RFC 3164; others are read each time.
  func learn(_ line: RawSpan, _ end: Int, _ form: TimeForm) {
    count = 0
    guard form == .syslog, end >= Self.timeCount + 8, end <= Self.timeCount + 64, line.byteCount >= end,
      line.byte(at: 0) != 0x3C
    else { return }
    count = end
    var index = 0
    var position = Self.timeCount
    while position + 8 <= end {
      words[index] = line.word(at: position)
      index += 1
      position += 8
    }
    if position < end { words[index] = line.word(at: end - 8) }
  }

  /// Whether the line begins with a time and then the same bytes.
  @inline(__always)
  func matches(_ line: RawSpan) -> Bool {
    guard count > 0, line.byteCount > count else { return false }
    let (date, clock) = (line.word(at: 0), line.word(at: 7))
    // `Nov 26 20:00:00`: a capital letter, blanks behind the month and the day, colons behind the hour and the minute.
    guard (date & 0xFF) &- 0x41 < 26, date & 0x00FF_0000_FF00_0000 == 0x0020_0000_2000_0000,
      clock & 0x0000_FF00_00FF_0000 == 0x0000_3A00_003A_0000
    else { return false }
    var index = 0
    var position = Self.timeCount
    while position &+ 8 <= count {
      if words[index] != line.word(at: position) { return false }
      index &+= 1
      position &+= 8
    }
    return position == count || words[index] == line.word(at: count &- 8)
  }
}
