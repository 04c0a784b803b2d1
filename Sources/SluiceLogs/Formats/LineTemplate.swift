/// Literals and fields in turn, as a format string of a proxy has them.
///
/// Written as text: `{client} - {userName?} [{time}] "{request}" {status}`. A name in braces is a `LogField` in
/// camelCase; `{_}` is a field that nothing needs; the rest are literals. A field ends where the literal behind it
/// begins, and the last one at the end of the line. `{*}` at the end takes the rest of the line, also an empty one.
struct LineTemplate: Sendable, Equatable {
  enum Part: Sendable, Equatable {
    case literal([UInt8])
    /// nil: skipped.
    case field(LogField?)
    case rest
  }

  let parts: [Part]
}
