internal import SluiceDiagnosis

extension LogFormatTable {
  /// One line, as if it were a log. Times without an offset are taken for UTC.
  ///
  /// - Parameter reference: Unix time in milliseconds: a line that tells no year is of the last year that fits.
  /// - Returns: nil where no format knows the line.
  public func recognise(_ text: String, reference: Int64 = 0) -> RecognisedLine? {
    let bytes = Array(text.utf8)
    let line = bytes.span.bytes
    var fields = FieldSet()
    guard let index = first(for: line, &fields) else { return nil }
    let format = formats[index]
    let values = FieldValues(fields, of: line)
    var entry = format.entry(values)
    entry?.time = fields.range(.time).flatMap { format.time.time(line, $0) }
      .map { LogClock(offset: 0, reference: reference).unixMilliseconds($0) }
    if format.isTimeOfStart, let time = entry?.time, let spent = entry?.totalTime, spent >= 0, spent < 1e12 {
      entry?.time = time + Int64(spent)
    }
    entry?.text = String(text.prefix(LogEntry.textMax))
    return RecognisedLine(
      format: format.id, product: format.product, isOrdinary: format.isOrdinary(line, fields), entry: entry)
  }

  public func entry(ofLine text: String) -> LogEntry? { recognise(text)?.entry }
}
