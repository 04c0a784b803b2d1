/// A format as the scan of many lines wants it: one reference instead of a value of many parts.
final class CompiledFormat: Sendable {
  let format: LogFormat
  let index: Int
  /// The product's place in `LogProduct.allCases`.
  let productIndex: UInt8
  /// Whether lines of the format are JSON objects.
  let isJSON: Bool
  private let divide: @Sendable (RawSpan, inout FieldSet) -> Bool
  private let accepts: @Sendable (RawSpan, borrowing FieldSet) -> Bool
  let isOrdinary: @Sendable (RawSpan, borrowing FieldSet) -> Bool
  let time: TimeForm

  init(_ format: LogFormat, index: Int) {
    self.format = format
    self.index = index
    productIndex = UInt8(clamping: LogProduct.allCases.firstIndex(of: format.product) ?? 0)
    accepts = format.accepts
    isOrdinary = format.isOrdinary
    time = format.time
    isOfRecord = format.isOfRecord
    switch format.shape {
    case .template(let template):
      let own = LineTemplate(parts: template.parts)
      (isJSON, divide) = (false, { line, fields in own.match(line, into: &fields) })
    case .json(let paths):
      let keys = JSONKeys(paths)
      (isJSON, divide) = (true, { line, fields in JSONLine.read(line, keys, into: &fields) })
    case .reader(let read): (isJSON, divide) = (false, read)
    }
  }

  /// Whether a line is one field of a record, whose time another line tells.
  let isOfRecord: Bool

  /// Whether times are counted from 1970: then they tell nothing of the machine's clock.
  var tellsMoments: Bool {
    switch time {
    case .epochSeconds, .epochMilliseconds, .epochMicroseconds: true
    case .commonLog, .iso, .slashes, .ctime, .syslog, .any: false
    }
  }

  /// Whether the line is of the format; its fields then stand in `fields`.
  func matches(_ line: RawSpan, _ fields: inout FieldSet) -> Bool {
    fields.clear()
    return divide(line, &fields) && accepts(line, fields)
  }
}
