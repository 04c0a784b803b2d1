/// Finds the format of a line, behind the prefix that syslog, the journal or a container's runtime put before it.
///
/// Used again for each line; what it holds is of the last.
struct LineRecogniser: ~Copyable {
  let table: LogFormatTable
  private(set) var fields = FieldSet()
  /// What the prefix tells: `time`, `machine`, `program`, `process`. Ranges of the whole line.
  private(set) var prefix = FieldSet()
  private(set) var prefixTime = TimeForm.syslog
  /// The line that stood as a text in an object of a container's runtime or of the journal.
  private(set) var unwrapped: [UInt8] = []
  private(set) var isUnwrapped = false
  private let known = KnownPrefix()
  /// Where the proxy's own line begins.
  private(set) var bodyStart = 0

  init(_ table: LogFormatTable) { self.table = table }

  /// Whether the line begins as the one before and is of the format, which nearly every line of a log is.
  ///
  /// The caller keeps the format: what `recognise` returns is counted as a reference for each line, and cores that do
  /// so wait for each other.
  @inline(__always)
  mutating func isUsual(_ line: RawSpan, _ format: CompiledFormat) -> Bool {
    guard known.matches(line) else { return false }
    isUnwrapped = false
    bodyStart = known.count
    return format.matches(line.extracting(bodyStart..<line.byteCount), &fields)
  }

  /// - Returns: nil where no format knows the line.
  mutating func recognise(_ line: RawSpan, _ hint: borrowing FormatHint) -> CompiledFormat? {
    isUnwrapped = false
    if known.matches(line) {
      bodyStart = known.count
    } else {
      bodyStart = LinePrefix.end(line, &prefix, &prefixTime)
      known.learn(line, bodyStart, prefixTime)
      fields.writer = prefix.writer
      let isRuntimes = bodyStart == 0 && line.has(#"{"log":""#, at: 0)
      if hint.isWrapped || isRuntimes, let found = unwrap(line, hint) { return found }
    }
    let body = line.extracting(bodyStart..<line.byteCount)
    if let found = find(in: body, hint) { return found }
    return again(line, hint)
  }

  /// What was no line of a format so far, taken in other ways.
  @inline(never)
  private mutating func again(_ line: RawSpan, _ hint: borrowing FormatHint) -> CompiledFormat? {
    known.forget()
    if bodyStart > 0 {
      // What looked like a prefix may have been the line's own beginning.
      prefix.clear()
      fields.writer = nil
      bodyStart = 0
      if let found = find(in: line, hint) { return found }
    }
    if !hint.isWrapped, line.byteCount > 0, line.byte(at: 0) == 0x7B {
      return unwrap(line, hint)
    }
    guard let start = LinePrefix.containerEnd(line) else { return nil }
    let rest = line.extracting(start..<line.byteCount)
    bodyStart = start + LinePrefix.end(rest, &prefix, &prefixTime)
    // Its ranges are not those of the whole line; the program alone is worth no more work.
    fields.writer = prefix.writer
    prefix.clear()
    return find(in: line.extracting(bodyStart..<line.byteCount), hint)
  }

  @inline(__always)
  private mutating func find(in body: RawSpan, _ hint: borrowing FormatHint) -> CompiledFormat? {
    for place in 0..<hint.count {
      let index = hint[place]
      if table.formats[index].matches(body, &fields) { return table.formats[index] }
    }
    return findAmongAll(in: body, hint)
  }

  @inline(never)
  private mutating func findAmongAll(in body: RawSpan, _ hint: borrowing FormatHint) -> CompiledFormat? {
    let isObject = body.byteCount > 0 && body.byte(at: 0) == 0x7B
    for format in table.formats where !hint.contains(format.index) {
      if format.isJSON, !isObject { continue }
      if format.matches(body, &fields) { return format }
    }
    return nil
  }

  private mutating func unwrap(_ line: RawSpan, _ hint: borrowing FormatHint) -> CompiledFormat? {
    guard let wrapped = WrappedLine(line) else { return nil }
    known.forget()
    unwrapped = wrapped.body
    prefix = wrapped.prefix
    prefixTime = wrapped.time
    let bytes = wrapped.body
    let body = bytes.span.bytes
    var inner = FieldSet()
    var time = TimeForm.syslog
    bodyStart = LinePrefix.end(body, &inner, &time)
    isUnwrapped = true
    fields.writer = inner.writer ?? prefix.writer
    let own = body.extracting(bodyStart..<body.byteCount)
    for place in 0..<hint.count where table.formats[hint[place]].matches(own, &fields) {
      return table.formats[hint[place]]
    }
    for format in table.formats where format.matches(own, &fields) { return format }
    isUnwrapped = false
    bodyStart = 0
    return nil
  }
}
