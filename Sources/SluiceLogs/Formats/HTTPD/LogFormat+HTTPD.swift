extension LogFormat {
  /// Apache httpd.
  static let httpd: [LogFormat] = [
    LogFormat(
      id: "httpd-error", product: .httpd, shape: .reader(HTTPDErrorReader.read), time: .ctime,
      accepts: { _, fields in fields.mayBe(.httpd) }, isOrdinary: { _, _ in false }, entry: HTTPDErrorEntry.entry),
    LogFormat(
      id: "httpd-access", product: .httpd, shape: .reader(HTTPDAccessReader.read), time: .commonLog,
      isTimeOfStart: true, accepts: { _, _ in true }, isOrdinary: isHTTPDOrdinary, entry: HTTPDAccessEntry.entry),
  ]

  /// Answered with 1xx to 4xx.
  @Sendable
  static func isHTTPDOrdinary(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard fields.has(.status) else { return false }
    let first = line.letter(fields.bounds(.status).lower)
    return first >= 0x31 && first <= 0x34
  }
}
