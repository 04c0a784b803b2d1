/// Reads the lines of HAProxy's `option httplog` without captures: the most frequent lines of all.
///
/// `HAProxyReader` reads them too, and takes longer: here one search finds the spaces of 64 bytes at once, and which
/// fields are set is noted once. What is not exactly of this form is left to it, and what is has the same fields.
///
/// Each search begins where a part of the line begins and not where the last one ended: then the spaces of a part lie
/// within 64 bytes in nearly all lines, and the processor guesses right that no further search is needed.
enum HAProxyRequestLine {
  @inline(__always)
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    let count = line.byteCount
    guard count >= 64 else { return false }
    var spaces = ByteCursor(0x20, in: line)
    let client = spaces.next(in: line)
    let time = spaces.next(in: line)
    spaces = ByteCursor(0x20, in: line, from: time &+ 1)
    let listener = spaces.next(in: line)
    let target = spaces.next(in: line)
    let timers = spaces.next(in: line)
    let status = spaces.next(in: line)
    let bytes = spaces.next(in: line)
    let cookie = spaces.next(in: line)
    let cookies = spaces.next(in: line)
    let state = spaces.next(in: line)
    spaces = ByteCursor(0x20, in: line, from: state &+ 1)
    let counts = spaces.next(in: line)
    let queues = spaces.next(in: line)
    guard queues &+ 1 < count, queues > counts &+ 1, client > 0, line.byte(at: client &+ 1) == 0x5B,
      line.byte(at: client &+ 2).isASCIIDigit,
      isEnd(time &- 1, in: line, of: client &+ 2), line.byte(at: queues &+ 1) == 0x22,
      status &- timers == 4,
      cookie > bytes &+ 1, line.byte(at: state &+ 1).isASCIIDigit, isState(line, cookies &+ 1, state)
    else { return false }
    var slashes = ByteScan.places(of: 0x2F, in: line, at: listener)
    let slash = Self.take(&slashes, listener)
    guard timers &- listener < 64, slash &+ 1 < target, isTimes(line, target &+ 1, timers) else { return false }
    let times = (
      Self.take(&slashes, listener), Self.take(&slashes, listener), Self.take(&slashes, listener),
      Self.take(&slashes, listener)
    )
    guard times.0 > target, times.3 < timers, Self.take(&slashes, listener) > timers else { return false }
    fields.put(.requestTime, target &+ 1, times.0)
    fields.put(.queueTime, times.0 &+ 1, times.1)
    fields.put(.connectTime, times.1 &+ 1, times.2)
    fields.put(.headTime, times.2 &+ 1, times.3)
    fields.put(.totalTime, times.3 &+ 1, timers)
    var retries = counts
    while line.byte(at: retries &- 1).isASCIIDigit { retries &-= 1 }
    // Most request lines end within 64 bytes.
    let near = ByteScan.places(of: 0x22, in: line, at: queues &+ 2)
    let quote =
      near != 0
      ? queues &+ 2 &+ near.trailingZeroBitCount : ByteScan.first(0x22, in: line, from: queues &+ 2, to: count)
    guard quote < count, retries < counts, line.byte(at: retries &- 1) == 0x2F else { return false }
    fields.put(.client, 0, client)
    fields.put(.time, client &+ 2, time &- 1)
    fields.put(.listener, time &+ 1, line.byte(at: listener &- 1) == 0x7E ? listener &- 1 : listener)
    fields.put(.upstream, listener &+ 1, slash)
    fields.put(.status, timers &+ 1, status)
    fields.put(.bytes, status &+ 1, bytes)
    fields.put(.terminationState, cookies &+ 1, state)
    fields.put(.connectionCounts, state &+ 1, counts)
    fields.put(.retries, retries, counts)
    fields.put(.queues, counts &+ 1, queues)
    fields.put(.request, queues &+ 2, quote)
    fields.mark(Self.all)
    // `<NOSRV>`, `<STATS>`, `<PROMEX>`: no endpoint.
    if line.byte(at: slash &+ 1) != 0x3C { fields.set(.endpoint, slash &+ 1, target) }
    if quote &+ 2 < count { fields.set(.extra, quote &+ 2, count) }
    return true
  }

  private static let all = LogField.bits(
    .client, .time, .listener, .upstream, .requestTime, .queueTime, .connectTime, .headTime, .totalTime, .status,
    .bytes, .terminationState, .connectionCounts, .retries, .queues, .request)

  /// `----` or `SH--`.
  @inline(__always)
  private static func isState(_ line: RawSpan, _ from: Int, _ to: Int) -> Bool {
    guard to &- from == 4, from &+ 8 <= line.byteCount else { return false }
    // Nearly every session ended by itself: `----`.
    if line.word(at: from) & 0xFFFF_FFFF == 0x2D2D_2D2D { return true }
    for position in from..<to {
      let byte = line.byte(at: position)
      guard byte == 0x2D || (byte | 0x20) &- 0x61 < 26 else { return false }
    }
    return true
  }

  /// The lowest place of the mask, which is taken from it; far behind the line where there is none.
  @inline(__always)
  private static func take(_ places: inout UInt64, _ base: Int) -> Int {
    guard places != 0 else { return .max }
    let place = base &+ places.trailingZeroBitCount
    places &= places &- 1
    return place
  }

  /// Whether the first `]` of a time stands at its end. Longer times are left to `HAProxyReader`.
  @inline(__always)
  private static func isEnd(_ end: Int, in line: RawSpan, of time: Int) -> Bool {
    guard let places = ByteScan.placesIn32(of: 0x5D, in: line, at: time) else { return false }
    return places != 0 && time &+ places.trailingZeroBitCount == end
  }

  /// Digits, slashes and signs: bytes from `+` to `9` but for the comma and the point. Longer times are left to
  /// `HAProxyReader`.
  @inline(__always)
  private static func isTimes(_ line: RawSpan, _ start: Int, _ end: Int) -> Bool {
    guard end &- start <= 32, end >= start,
      let outside = ByteScan.placesIn32(outside: 0x2B...0x39, or: 0x2C, 0x2E, in: line, at: start)
    else { return false }
    return outside.trailingZeroBitCount >= end &- start
  }
}
