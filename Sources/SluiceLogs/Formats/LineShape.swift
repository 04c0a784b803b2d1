/// How the bytes of a line are divided into fields.
enum LineShape: Sendable {
  /// Literals and fields in turn.
  case template(LineTemplate)
  /// An object in JSON; the keys, with a dot before each that stands in an object within, and what they are.
  case json([String: LogField])
  /// What needs more than that: false where the line is of another form.
  case reader(@Sendable (RawSpan, inout FieldSet) -> Bool)
}
