/// A piece of a proxy's format string.
enum FormatStringPart: Equatable {
  case literal(String)
  /// How the time is written, for a field that is one.
  case field(LogField, TimeForm? = nil)
  /// A value for each attempt, as `10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80`; nil: one that nothing needs.
  case list(LogField?)
  /// What nothing needs.
  case skipped
}
