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
  /// Nearly every line is, so this must be cheap; `true` only where `entry` would have no conclusion and no event.
  let isOrdinary: @Sendable (RawSpan, borrowing FieldSet) -> Bool
  /// A bit for each field that `entry` never asks for, so that no text is made of it.
  var unread: UInt64 = 0
  /// The fields as an entry; nil where the line says nothing of a request, failure or event.
  ///
  /// Place, time and text are set by the caller afterwards.
  let entry: @Sendable (FieldValues) -> LogEntry?

  func asks(_ field: LogField) -> Bool { unread & (1 &<< UInt64(field.rawValue)) == 0 }
}
