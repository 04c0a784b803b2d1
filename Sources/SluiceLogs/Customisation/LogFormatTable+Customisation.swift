internal import SluiceDiagnosis

extension LogFormatTable {
  /// The formats that are known, behind those of a user, all asking the user's rows first.
  public init(_ customisation: LogCustomisation) {
    let formats = customisation.formats.flatMap(\.formats) + LogFormat.all
    self.init(formats.map { $0.asking(customisation.rows) })
  }
}

extension LogFormat {
  /// The same format, whose lines are first judged by those of the rows that concern it.
  fileprivate func asking(_ rows: [CustomRow]) -> LogFormat {
    let own = rows.filter { $0.concerns(self) }
    guard !own.isEmpty else { return self }
    let signatures = own.map(\.signature)
    let statuses = Set(own.flatMap(\.statuses)).map { Array($0.utf8) }
    let (product, isOrdinary) = (product, isOrdinary)
    return LogFormat(
      id: id, product: product, shape: shape, time: time, isTimeOfStart: isTimeOfStart, accepts: accepts,
      isOrdinary: { line, fields in
        if let range = fields.range(.status), statuses.contains(where: { line.bytes(range) == $0 }) { return false }
        return isOrdinary(line, fields)
      },
      entry: { values in
        let parts = values.withRequestParts
        guard let row = signatures.first(matching: parts) else { return entry(values) }
        var judged = entry(values) ?? LogEntry(product, .event, reading: values)
        judged.take(customised: row, parts)
        return judged
      })
  }
}

extension FieldValues {
  /// With method, path and version also where the line has only a request line: rows ask for the parts.
  fileprivate var withRequestParts: FieldValues {
    guard has(.request) else { return self }
    var values = self
    let parts = RequestLineText(self)
    if values[.method] == nil { values[.method] = parts.method }
    if values[.path] == nil { values[.path] = parts.path }
    if values[.version] == nil { values[.version] = parts.version }
    return values
  }
}

extension LogEntry {
  /// What a row of a user's says stands instead of what the line was taken for.
  fileprivate mutating func take(customised row: Signature, _ values: FieldValues) {
    (conclusion, event, isDismissed) = (nil, nil, false)
    conclude([row], values)
    if conclusion != nil, kind == .event { kind = .failure }
    if event != nil { kind = .event }
  }
}
