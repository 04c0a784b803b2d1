/// The prefix of the line before: where only its time differs, it need not be read again.
struct KnownPrefix {
  /// Bytes of the prefix; 0: none is known.
  private(set) var count = 0
  /// What stands behind the time.
  private var words = InlineArray<8, UInt64>(repeating: 0)

  private static let timeCount = 15

  init() {}

  /// Of a prefix in the form of RFC 3164; others are read each time.
  init(_ line: RawSpan, _ end: Int, _ form: TimeForm) {
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
    guard count > 0, line.byteCount > count, line.byte(at: 3) == 0x20, line.byte(at: 6) == 0x20,
      line.byte(at: 9) == 0x3A, line.byte(at: 12) == 0x3A, line.byte(at: 0) >= 0x41, line.byte(at: 0) <= 0x5A
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
