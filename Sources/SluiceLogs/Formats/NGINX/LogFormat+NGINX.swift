extension LogFormat {
  /// nginx and ingress-nginx.
  static let nginx: [LogFormat] = [
    LogFormat(
      id: "nginx-error", product: .nginx, shape: .reader(NginxErrorReader.read), time: .slashes,
      accepts: { _, fields in fields.mayBe(.nginx) },
      isOrdinary: { _, _ in false }, entry: NginxErrorEntry.entry),
    LogFormat(
      id: "nginx-ingress", product: .nginx, shape: .reader(NginxAccessReader.readIngress), time: .commonLog,
      accepts: { _, _ in true }, isOrdinary: isNginxOrdinary, entry: NginxAccessEntry.entry),
    LogFormat(
      id: "nginx-access", product: .nginx, shape: .reader(NginxAccessReader.read), time: .commonLog,
      accepts: { line, fields in !isPlain(fields) && !TraefikLine.isAccess(line) }, isOrdinary: isNginxOrdinary,
      entry: NginxAccessEntry.entry),
    LogFormat(
      id: "nginx-json", product: .nginx, shape: .json(NginxNames.json), time: .any, accepts: acceptsNginxJSON,
      isOrdinary: isNginxOrdinary, entry: NginxAccessEntry.entry),
  ]

  /// Answered with 1xx to 4xx by the first endpoint that was asked, which itself answered with less than 500; and not
  /// 499, by which nginx marks a client that went away.
  @Sendable
  static func isNginxOrdinary(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard fields.has(.status) else { return false }
    let status = fields.bounds(.status)
    guard status.upper &- status.lower == 3 else { return false }
    let first = line.letter(status.lower)
    guard first >= 0x31, first <= 0x34 else { return false }
    if first == 0x34, line.letter(status.lower &+ 1) == 0x39, line.letter(status.lower &+ 2) == 0x39 { return false }
    guard fields.has(.upstreamStatus) else { return true }
    let upstream = fields.bounds(.upstreamStatus)
    // From 500 on, and what is no status at all, is looked at.
    return upstream.upper &- upstream.lower <= 3 && line.letter(upstream.lower) < 0x35
  }

  /// A status and a request, and nothing that only others write.
  @Sendable
  private static func acceptsNginxJSON(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard fields.mayBe(.nginx), let status = fields.range(.status), status.count == 3,
      fields.hasAny([.request, .path])
    else { return false }
    return !fields.hasAny([.terminationState, .responseDetails, .logger])
  }
}
