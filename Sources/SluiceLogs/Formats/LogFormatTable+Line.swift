internal import SluiceDiagnosis

extension LogFormatTable {
  /// One line, as if it were a log. Times without an offset are taken for UTC.
  ///
  /// - Parameter reference: Unix time in milliseconds: a line that tells no year is of the last year that fits.
  /// - Returns: nil where no format knows the line.
  public func recognise(_ text: String, reference: Int64 = 0) -> RecognisedLine? {
    let bytes = Array(text.utf8)
    let line = bytes.span.bytes
    var recogniser = LineRecogniser(self)
    guard let format = recogniser.recognise(line, FormatHint()) else { return nil }
    var times = TimeCache()
    let zone = LogZone.fixed(seconds: 0)
    let time = recogniser.time(of: line, format, zone, reference: reference, &times)
    var entry = LogEntry(format.format.product, .request)
    let isTold = recogniser.fill(&entry, of: line, format, time: time)
    return RecognisedLine(
      format: format.format.id, product: format.format.product,
      isOrdinary: recogniser.isOrdinary(line, format), entry: isTold ? entry : nil)
  }

  public func entry(ofLine text: String) -> LogEntry? { recognise(text)?.entry }
}
