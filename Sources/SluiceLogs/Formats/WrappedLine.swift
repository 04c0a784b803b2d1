/// A line that stands as a text in a JSON object: what a container's runtime (`{"log":"…\n","stream":"stderr"}`) or the
/// journal (`journalctl -o json`) makes of the lines of a program.
struct WrappedLine {
  let body: [UInt8]
  /// Ranges of the whole line.
  let prefix: FieldSet
  let time: TimeForm

  init?(_ line: RawSpan) {
    var fields = FieldSet()
    guard JSONLine.read(line, Self.keys, into: &fields), let text = fields.range(.message) else { return nil }
    var body = FieldText.jsonBytes(line, text)
    while let last = body.last, last == 0x0A || last == 0x0D { body.removeLast() }
    self.body = body
    var prefix = FieldSet()
    for field in [LogField.machine, .program, .process] {
      if let range = fields.range(field) { prefix.set(field, range.lowerBound, range.upperBound) }
    }
    // The journal counts microseconds; runtimes write RFC 3339.
    if let range = fields.range(.time) ?? fields.range(.extra) {
      prefix.set(.time, range.lowerBound, range.upperBound)
    }
    if let range = fields.range(.program) {
      prefix.writer = LinePrefix.writer(line, range.lowerBound, range.upperBound)
    }
    time = fields.has(.time) ? .epochMicroseconds : .iso
    self.prefix = prefix
  }

  private static let keys = JSONKeys([
    "log": .message, "MESSAGE": .message, "textPayload": .message, "time": .extra, "timestamp": .extra,
    "__REALTIME_TIMESTAMP": .time, "SYSLOG_IDENTIFIER": .program, "_HOSTNAME": .machine, "_PID": .process,
  ])
}
