internal import SluiceCore

extension LogFormat {
  /// This project's own logs.
  static let sluice: [LogFormat] = [
    LogFormat(
      id: "sluice-access", product: .sluice, shape: .reader(SluiceLine.record), time: .iso, isTimeOfStart: true,
      accepts: { _, _ in true },
      isOrdinary: { line, fields in
        for field in [LogField.reason, .errorText] where fields.has(field) { return false }
        return fields.isStatusBelow500(line)
      }, entry: SluiceFields.record),
    LogFormat(
      id: "sluice-failures", product: .sluice, shape: .reader(SluiceLine.failure), time: .any,
      accepts: { line, fields in
        fields.range(.reason).flatMap { Cause(identifier: line.text($0)) } != nil
      }, isOrdinary: { _, _ in false }, entry: SluiceFields.failure),
  ]
}
