/// Divides a line of nginx' access log: the common or combined format, and whatever follows it, in any order where it
/// has names (`rt=0.1 uct="0.0"`, `request_time 0.1`, `us: 200`), in the usual orders where it has none.
enum NginxAccessReader {
  static func read(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard let end = prefix(line, &fields) else { return false }
    if end == line.byteCount { return true }
    if fields.writer != .nginx, HTTPDAccessReader.isTail(line, from: end) { return false }
    if isIngress(line, from: end) { return false }
    readTail(line, from: end, &fields)
    return true
  }

  /// ingress-nginx writes behind the combined format, without names: length and time of the request, `[upstream]`,
  /// `[alternative]`, address, length, time and status of the upstream, and an ID.
  static func readIngress(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    guard let end = prefix(line, &fields), isIngress(line, from: end) else { return false }
    let length = line.endOfDigits(end + 1)
    let time = listEnd(line, from: length + 1)
    fields.set(.requestBytes, end + 1, length)
    fields.set(.requestTime, length + 1, time)
    guard let name = line.place(of: UInt8(ascii: "]"), from: time, to: line.byteCount) else { return false }
    fields.set(.upstream, time + 2, name)
    var position = name + 1
    if line.has(" [", at: position) {
      guard let other = line.place(of: UInt8(ascii: "]"), from: position, to: line.byteCount) else { return false }
      if other > position + 2 { fields.set(.extra, position + 2, other) }
      position = other + 1
    }
    for field in [LogField.endpoint, .upstreamBytes, .upstreamResponseTime, .upstreamStatus, .requestID] {
      guard line.letter(position) == 0x20 else { return true }
      let end = listEnd(line, from: position + 1)
      fields.set(field, position + 1, end)
      position = end
    }
    return true
  }

  /// `client - user [`: what has other parts before the time is another product's.
  @inline(__always)
  private static func prefix(_ line: RawSpan, _ fields: inout FieldSet) -> Int? {
    guard fields.mayBe(.nginx), let end = CombinedLine.read(line, from: 0, &fields),
      line.has(" - ", at: fields.bounds(.client).upper)
    else { return nil }
    return end
  }

  @inline(__always)
  private static func isIngress(_ line: RawSpan, from end: Int) -> Bool {
    let length = line.endOfDigits(end &+ 1)
    guard line.letter(end) == 0x20, length > end &+ 1, line.letter(length) == 0x20 else { return false }
    let whole = line.endOfDigits(length &+ 1)
    guard whole > length &+ 1, line.letter(whole) == 0x2E else { return false }
    return line.has(" [", at: line.endOfDigits(whole &+ 1))
  }

  // MARK: What has no fixed order

  /// Parts behind the combined format that are looked at.
  static let partsMax = 32

  private static func readTail(_ line: RawSpan, from start: Int, _ fields: inout FieldSet) {
    let count = line.byteCount
    var position = start
    var unnamed = NginxUnnamedParts()
    for _ in 0..<partsMax {
      while position < count, isGap(line.byte(at: position)) { position += 1 }
      guard position < count else { break }
      let byte = line.byte(at: position)
      if byte == UInt8(ascii: "\"") {
        let end = line.closingQuote(from: position + 1) ?? count
        unnamed.add(line, position + 1, end, isQuoted: true, &fields)
        position = end + 1
      } else if byte == UInt8(ascii: "[") {
        position = (line.place(of: UInt8(ascii: "]"), from: position, to: count) ?? count) + 1
      } else {
        let end = listEnd(line, from: position)
        if let named = readNamed(line, position, end, &fields) {
          position = named
        } else {
          unnamed.add(line, position, end, isQuoted: false, &fields)
          position = end
        }
      }
    }
    unnamed.setTimes(line, &fields)
  }

  @inline(__always)
  private static func isGap(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x2C || byte == 0x3B || byte == 0x7C }

  /// - Returns: the place behind the value; nil where no name that is known stands here.
  private static func readNamed(_ line: RawSpan, _ start: Int, _ end: Int, _ fields: inout FieldSet) -> Int? {
    guard line.byte(at: start) | 0x20 >= 0x61 else { return nil }
    let split = min(
      ByteScan.first(UInt8(ascii: "="), or: UInt8(ascii: ":"), in: line, from: start, to: end), end)
    guard let field = NginxNames.parts.field(JSONKeys.path(JSONKeys.root, line, start, split)) else {
      // An unknown name: its value is skipped with it, also where it is quoted and holds spaces.
      guard line.letter(split) == UInt8(ascii: "="), split < end else { return nil }
      guard line.letter(split + 1) == UInt8(ascii: "\"") else { return end }
      return (line.closingQuote(from: split + 2) ?? line.byteCount) + 1
    }
    var value = split < end ? split + 1 : split
    while line.letter(value) == 0x20 { value += 1 }
    guard value < line.byteCount else { return end }
    if line.byte(at: value) == UInt8(ascii: "\"") {
      let close = line.closingQuote(from: value + 1) ?? line.byteCount
      set(field, line, value + 1, close, isQuoted: true, &fields)
      return close + 1
    }
    let close = listEnd(line, from: value)
    set(field, line, value, close, isQuoted: false, &fields)
    return max(close, end)
  }

  private static func set(
    _ field: LogField, _ line: RawSpan, _ from: Int, _ to: Int, isQuoted: Bool, _ fields: inout FieldSet
  ) {
    // `ua` is the upstream's address here and the user agent there, which has a slash.
    if field == .endpoint, line.letter(from) != UInt8(ascii: "u"),
      ByteScan.first(0x2F, in: line, from: from, to: to) < to
    {
      return
    }
    if isQuoted { fields.setQuoted(field, from, to) } else { fields.set(field, from, to) }
  }

  /// Where a list ends that stands without quotes: a space behind a comma or around a colon does not end it.
  @inline(__always)
  private static func listEnd(_ line: RawSpan, from start: Int) -> Int {
    let count = line.byteCount
    var position = ByteScan.first(0x20, in: line, from: start, to: count)
    while position < count {
      if position > start, line.byte(at: position &- 1) == 0x2C {
        let next = ByteScan.first(0x20, in: line, from: position &+ 1, to: count)
        // `rt=0.1, us=200`: the comma divides parts and not elements.
        if ByteScan.first(UInt8(ascii: "="), in: line, from: position, to: next) < next { return position &- 1 }
        position = next
      } else if line.has(" : ", at: position) {
        position = ByteScan.first(0x20, in: line, from: position &+ 3, to: count)
      } else {
        return position
      }
    }
    return count
  }
}
