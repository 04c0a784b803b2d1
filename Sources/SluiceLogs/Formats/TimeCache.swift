internal import SluiceDiagnosis

/// Reads times of lines that follow each other: the minute is worked out once, and then only seconds are read.
///
/// Remembered are the bytes up to the minute, the bytes behind the fraction (the offset, or the year), and what they
/// came to.
struct TimeCache: Sendable {
  private var minute: Int64 = 0
  private var form = TimeForm.any
  private var zone = LogZone.machine
  private var reference: Int64 = 0
  /// Bytes of the whole time; 0: none is known.
  private var count = 0
  /// Bytes up to the seconds.
  private var prefix = 0
  private var words = (UInt64(0), UInt64(0), UInt64(0))
  /// Digits behind the point, and the point; it may be a comma.
  private var fractionCount = 0
  private var point: UInt8 = 0
  private var tail: UInt64 = 0
  private var tailCount = 0
  private var end: TimeEnd?
  /// Unix time in milliseconds of the record that a line is a field of, as a line before it told.
  var record: Int64?

  /// Unix time in milliseconds; nil where the bytes are no time in this form.
  ///
  /// - Parameter reference: Near which a log without years was written.
  @inline(__always)
  mutating func time(
    _ line: RawSpan, _ from: Int, _ to: Int, _ form: TimeForm, _ zone: LogZone, reference: Int64
  ) -> Int64? {
    if to &- from == count, form == self.form, reference == self.reference, zone == self.zone,
      let spent = spent(line, from, to)
    {
      return minute &+ spent
    }
    return other(line, from, to, form, zone, reference)
  }

  /// Milliseconds within the minute; nil where the line differs from the one before in more than the digits of its
  /// seconds.
  @inline(__always)
  private func spent(_ line: RawSpan, _ from: Int, _ to: Int) -> Int64? {
    let seconds = from &+ prefix
    guard to <= line.byteCount, line.word(at: from) == words.0, line.word(at: from &+ 4) == words.1,
      line.word(at: seconds &- 8) == words.2
    else { return nil }
    if let end { return end.milliseconds(line.word(at: to &- 8)) }
    guard tailCount == 0 || line.word(at: to &- 8) &>> UInt64(64 &- tailCount &* 8) == tail else { return nil }
    let tens = line.byte(at: seconds) &- 0x30
    let ones = line.byte(at: seconds &+ 1) &- 0x30
    // The sixtieth second is left to the long way.
    guard tens <= 5, ones <= 9 else { return nil }
    let whole = Int64(tens &* 10 &+ ones) &* 1000
    guard fractionCount > 0 else { return whole }
    guard line.byte(at: seconds &+ 2) == point else { return nil }
    var fraction: Int64 = 0
    var weight: Int64 = 100
    for position in seconds &+ 3..<seconds &+ 3 &+ fractionCount {
      let digit = line.byte(at: position) &- 0x30
      guard digit <= 9 else { return nil }
      fraction &+= Int64(digit) &* weight
      weight /= 10
    }
    return whole &+ fraction
  }

  @inline(never)
  private mutating func other(
    _ line: RawSpan, _ from: Int, _ to: Int, _ form: TimeForm, _ zone: LogZone, _ reference: Int64
  ) -> Int64? {
    let prefix = form.minuteCount
    if prefix == 0, let scale = form.perSecond, let time = Self.epoch(line, from, to, scale) { return time }
    guard prefix > 0, to - from >= prefix + 2, to <= line.byteCount, line.byte(at: from + prefix - 1) == 0x3A else {
      return slow(line, from, to, form, zone, reference)?.time
    }
    var position = from + prefix
    let tens = line.byte(at: position) &- 0x30
    let ones = line.byte(at: position + 1) &- 0x30
    // Beyond 60 there is no time, whatever the line before was.
    guard tens <= 5 || tens == 6 && ones == 0, ones <= 9 else {
      return slow(line, from, to, form, zone, reference)?.time
    }
    var spent = (Int64(tens) &* 10 &+ Int64(ones)) &* 1000
    position += 2
    var fractionCount = 0
    if position < to, line.byte(at: position) == 0x2E || line.byte(at: position) == 0x2C {
      position += 1
      // A point without digits is no fraction: what follows it is read otherwise.
      guard position < to, line.byte(at: position).isASCIIDigit else {
        return slow(line, from, to, form, zone, reference)?.time
      }
      var weight: Int64 = 100
      while position < to {
        let digit = line.byte(at: position) &- 0x30
        guard digit <= 9 else { break }
        spent &+= Int64(digit) &* weight
        weight /= 10
        position += 1
        fractionCount += 1
      }
    }
    let tailCount = to - position
    guard let (time, isWhole) = slow(line, from, to, form, zone, reference) else { return nil }
    if isWhole, tailCount <= 8 {
      (count, self.prefix, self.fractionCount, self.tailCount) = (to - from, prefix, fractionCount, tailCount)
      (self.form, self.zone, self.reference) = (form, zone, reference)
      words = (line.word(at: from), line.word(at: from + 4), line.word(at: from + prefix - 8))
      point = line.byte(at: from + prefix + (fractionCount > 0 ? 2 : 0))
      // The eight bytes before the end hold the tail, and what is before it is shifted out.
      tail = tailCount == 0 ? 0 : line.word(at: to - 8) >> (64 - UInt64(tailCount) * 8)
      minute = time - spent
      end = TimeEnd(line.word(at: to - 8), behindMinute: to - from - prefix, fraction: fractionCount, tail: tailCount)
    }
    return time
  }

  /// Digits, and perhaps a fraction of which nine digits count; nil for what is written otherwise.
  private static func epoch(_ line: RawSpan, _ from: Int, _ to: Int, _ perSecond: Int64) -> Int64? {
    guard to > from, to - from <= 28, to <= line.byteCount else { return nil }
    var whole: Int64 = 0
    var position = from
    while position < to, line.byte(at: position).isASCIIDigit {
      guard position - from < 17 else { return nil }
      whole = whole * 10 + Int64(line.byte(at: position) - 0x30)
      position += 1
    }
    guard position > from, whole / perSecond < 7_258_118_400 else { return nil }
    var time = whole / perSecond * 1000 + whole % perSecond * 1000 / perSecond
    guard position < to else { return time }
    guard line.byte(at: position) == 0x2E else { return nil }
    var weight = perSecond == 1 ? 100 as Int64 : 0
    position += 1
    while position < to {
      let digit = line.byte(at: position) &- 0x30
      guard digit <= 9 else { return nil }
      time += Int64(digit) * weight
      weight /= 10
      position += 1
    }
    return time
  }

  @inline(never)
  private func slow(
    _ line: RawSpan, _ from: Int, _ to: Int, _ form: TimeForm, _ zone: LogZone, _ reference: Int64
  ) -> (time: Int64, isWhole: Bool)? {
    guard to >= from, let time = form.time(line, from..<to) else { return nil }
    let offset = time.offset.map { Int64($0) * 1000 } ?? zone.offset(civil: time.civil)
    let clock = LogClock(offset: offset, reference: reference)
    guard time.hasYear else {
      // The offset of the year that was found, and not that of the year which stands for an unknown one.
      let guess = clock.unixMilliseconds(time)
      let found = time.offset == nil ? zone.offset(civil: guess + offset) : offset
      return (guess + offset - found, true)
    }
    return (clock.unixMilliseconds(time), time.hasDate)
  }
}

extension TimeForm {
  /// Of forms that count from 1970.
  fileprivate var perSecond: Int64? {
    switch self {
    case .epochSeconds: 1
    case .epochMilliseconds: 1000
    case .epochMicroseconds: 1_000_000
    case .commonLog, .iso, .slashes, .ctime, .syslog, .any: nil
    }
  }

  /// Bytes up to the seconds; 0: the form is not read this way.
  @inline(__always)
  fileprivate var minuteCount: Int {
    switch self {
    case .commonLog: 18
    case .iso, .slashes, .ctime: 17
    case .syslog: 13
    case .epochSeconds, .epochMilliseconds, .epochMicroseconds, .any: 0
    }
  }
}
