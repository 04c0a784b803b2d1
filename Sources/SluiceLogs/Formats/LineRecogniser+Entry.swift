internal import SluiceDiagnosis

extension LineRecogniser {
  /// Calls with the proxy's own line, whose ranges `fields` holds.
  @inline(__always)
  func withBody<Result>(_ line: RawSpan, _ use: (RawSpan) -> Result) -> Result {
    isUnwrapped
      ? use(unwrapped.span.bytes.extracting(bodyStart..<unwrapped.count))
      : use(line.extracting(bodyStart..<line.byteCount))
  }

  func isOrdinary(_ line: RawSpan, _ format: CompiledFormat) -> Bool {
    withBody(line) { format.isOrdinary($0, fields) }
  }

  /// Unix time in milliseconds, from the proxy's own line or else from the prefix'.
  @inline(__always)
  func time(
    of line: RawSpan, body: RawSpan, _ format: CompiledFormat, _ zone: LogZone, reference: Int64,
    _ times: inout TimeCache
  ) -> Int64? {
    guard fields.has(.time) else { return timeBeside(line, format, zone, reference, &times) }
    let range = fields.bounds(.time)
    return times.time(body, range.lower, range.upper, format.time, zone, reference: reference)
  }

  func time(
    of line: RawSpan, _ format: CompiledFormat, _ zone: LogZone, reference: Int64, _ times: inout TimeCache
  ) -> Int64? {
    withBody(line) { time(of: line, body: $0, format, zone, reference: reference, &times) }
  }

  @inline(never)
  private func timeBeside(
    _ line: RawSpan, _ format: CompiledFormat, _ zone: LogZone, _ reference: Int64, _ times: inout TimeCache
  ) -> Int64? {
    guard let range = prefix.range(.time) else { return format.isOfRecord ? timeOfRecord(line, &times) : nil }
    return times.time(line, range.lowerBound, range.upperBound, prefixTime, zone, reference: reference)
  }

  /// Blocks are cut between records (`LogReader`), so what was remembered is never another log's.
  @inline(never)
  private func timeOfRecord(_ line: RawSpan, _ times: inout TimeCache) -> Int64? {
    if line.has(JournalLine.cursor, at: bodyStart) { times.record = nil }
    if let range = fields.range(.extra) {
      times.record = withBody(line) { TimeForm.epochMicroseconds.time($0, range) }?.civil
    }
    return times.record
  }

  /// What the line and its prefix tell of the time, with the offset where they tell one.
  func writtenTimes(of line: RawSpan, _ format: CompiledFormat) -> (own: LogTime?, prefix: LogTime?) {
    let own = fields.range(.time).flatMap { range in withBody(line) { format.time.time($0, range) } }
    return (own, prefix.range(.time).flatMap { prefixTime.time(line, $0) })
  }

  /// Sets in an entry without any part what the line tells; its place is the caller's to set.
  ///
  /// - Returns: false where the line says nothing of a request, failure or event.
  func fill(_ entry: inout LogEntry, of line: RawSpan, _ format: CompiledFormat, time: Int64?) -> Bool {
    var values = withBody(line) { FieldValues(fields, of: $0, without: format.format.unread) }
    for field in [LogField.program, .machine, .process] where format.format.asks(field) {
      fill(field, &values, line)
    }
    guard format.format.fill(values, &entry) else { return false }
    // A message within a record may tell a time of its own.
    if let time { entry.time = time }
    if format.format.isTimeOfStart, let time, let spent = entry.totalTime, spent >= 0, spent < Self.spentMaxMs {
      entry.time = time + Int64(spent)
    }
    if entry.process == nil { entry.process = values.number(.process) }
    entry.text = Self.text(of: line)
    return true
  }

  /// From the prefix, where the line itself does not tell it.
  @inline(__always)
  private func fill(_ field: LogField, _ values: inout FieldValues, _ line: RawSpan) {
    if !values.has(field), let range = prefix.range(field) { values[field] = line.text(range) }
  }

  /// A request that takes longer is a clock that jumped.
  private static let spentMaxMs = 7.0 * 86_400_000

  /// At most `LogEntry.textMax` bytes, not cut within a character.
  static func text(of line: RawSpan) -> String {
    var end = min(line.byteCount, LogEntry.textMax)
    if end < line.byteCount {
      while end > 0, line.byte(at: end) & 0xC0 == 0x80 { end -= 1 }
    }
    return line.text(0..<end)
  }
}
