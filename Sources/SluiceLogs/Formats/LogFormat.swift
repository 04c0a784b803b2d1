/// One form of a log: how its lines are divided, and what the fields mean.
struct LogFormat: Sendable {
  /// As `nginx-combined`; unique.
  let id: String
  let product: LogProduct
  let shape: LineShape
  let time: TimeForm
  /// Whether the time is that at which the request began; its end is that and the entry's `totalTime`.
  var isTimeOfStart = false
  /// Whether a line is one field of a record, whose time another line tells: an export of the journal.
  var isOfRecord = false
  /// Whether a line that was divided is of this form after all: shapes of several products look alike. Cheap.
  ///
  /// A line must be accepted by one format alone: a log's most frequent format is asked first, whatever its place in
  /// the table.
  let accepts: @Sendable (RawSpan, borrowing FieldSet) -> Bool
  /// Whether the line tells nothing but a request that went well: then it is counted, and not looked at again.
  /// Nearly every line is, so this must be cheap; `true` only where `fill` would set no conclusion and no event.
  let isOrdinary: @Sendable (RawSpan, borrowing FieldSet) -> Bool
  /// A bit for each field that `fill` never asks for, so that nothing is made of it.
  var unread: UInt64 = 0
  /// Sets in an entry without any part what the fields mean; false where the line says nothing of a request, failure or
  /// event.
  ///
  /// Place, time and text are set by the caller afterwards. In place: an entry has many texts to copy.
  let fill: @Sendable (FieldValues, inout LogEntry) -> Bool

  func asks(_ field: LogField) -> Bool { unread & (1 &<< UInt64(field.rawValue)) == 0 }

  func entry(_ values: FieldValues) -> LogEntry? {
    var entry = LogEntry(product, .request)
    return fill(values, &entry) ? entry : nil
  }
}

extension LogFormat {
  /// - Parameter entry: as `fill`, for lines that are less frequent.
  init(
    id: String, product: LogProduct, shape: LineShape, time: TimeForm, isTimeOfStart: Bool = false,
    isOfRecord: Bool = false, accepts: @escaping @Sendable (RawSpan, borrowing FieldSet) -> Bool,
    isOrdinary: @escaping @Sendable (RawSpan, borrowing FieldSet) -> Bool, unread: UInt64 = 0,
    entry: @escaping @Sendable (FieldValues) -> LogEntry?
  ) {
    self.init(
      id: id, product: product, shape: shape, time: time, isTimeOfStart: isTimeOfStart, isOfRecord: isOfRecord,
      accepts: accepts, isOrdinary: isOrdinary, unread: unread,
      fill: { values, whole in
        guard let made = entry(values) else { return false }
        whole = made
        return true
      })
  }
}
